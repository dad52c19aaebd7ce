import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { ClientArguments } from "../../../src/arguments/clientArguments.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { clientFlows } from "../../../src/plan/clientFlows.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import type { OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { securityGroupRules } from "../../../src/plan/securityGroup.js";
import { clusterConnection, replicatedConnection, sampleConnection } from "../../support/sample.js";
import { lines } from "../arguments/lines.js";

describe("the plan of an app host", () => {
  it("is this where only the user is given", () => {
    assert.deepEqual(planClient("web", { appUser: "app" }), {
      name: "web",
      appUser: "app",
      localPort: 6379,
      openLocalPort: true,
      refreshIntervalSeconds: 300,
      tunnel: "haproxy",
      operatingSystem: "debian-13",
      imageHasPackages: false,
      httpsEgressCidrBlocks: ["0.0.0.0/0"],
    });
  });

  it("is what is given where all is given", () => {
    const shape = {
      appUser: "app",
      localPort: 7000,
      openLocalPort: false,
      refreshIntervalSeconds: 60,
      tunnel: "stunnel",
      operatingSystem: "debian-12",
      imageHasPackages: true,
    } as const;
    const given = { ...shape, httpsEgressCidrBlocks: ["10.9.0.0/16", "10.10.0.0/16"] };
    assert.deepEqual(planClient("web", given), { name: "web", ...given });
  });
});

describe("the flows of an app host", () => {
  const networks = ["10.9.0.0/16", "10.10.0.0/16"];
  const flows = clientFlows(networks, { securityGroupId: "sg-1", port: 7777 });

  it("are to the cache, at the port that its connection says, to its Sentinels, and to HTTPS", () => {
    const ofHost = { direction: "egress", judges: ["securityGroup"], protocols: ["tcp"] };
    assert.deepEqual(flows, [
      {
        ...ofHost,
        name: "app-to-cache",
        service: "redis",
        port: 7777,
        peer: "The cache",
        cidrBlocks: [],
        securityGroups: [{ name: "cache", id: "sg-1" }],
        reason: "The application reaches the cache through the tunnel",
      },
      {
        ...ofHost,
        name: "app-to-sentinel",
        service: "redis",
        port: 26379,
        peer: "The cache",
        cidrBlocks: [],
        securityGroups: [{ name: "cache", id: "sg-1" }],
        reason: "The application asks a cache with replicas, through the tunnel, which node is the primary",
      },
      {
        ...ofHost,
        name: "app-to-https",
        service: "https",
        port: 443,
        peer: "Secrets Manager, Debian mirrors",
        cidrBlocks: networks,
        securityGroups: [],
        reason: "The app host fetches its secret and Debian packages",
      },
    ]);
  });

  it("are to the node's address where that is all that is known of the cache, which has no Sentinel then", () => {
    const [toCache, toHttps, ...others] = clientFlows(networks, { address: "10.0.0.100", port: 7777 });
    assert.deepEqual(toCache, {
      ...flows[0],
      securityGroups: [],
      hosts: [{ name: "cache", address: "10.0.0.100" }],
    });
    assert.deepEqual(toHttps, flows[2]);
    assert.deepEqual(
      securityGroupRules([toCache]).map(({ name, peer }) => [name, peer]),
      [["app-to-cache-cache", { address: "10.0.0.100" }]],
    );
    // Then the way leads out of its VPC, where a link may take smaller packets.
    assert.deepEqual(
      securityGroupRules(others).map(({ name, protocol, fromPort, toPort, flow }) => [
        name,
        flow.direction,
        protocol,
        fromPort,
        toPort,
      ]),
      [["routers-to-app-0.0.0.0-0", "ingress", "icmp", 3, 4]],
    );
  });

  it("are rules of its security group", () => {
    assert.deepEqual(
      securityGroupRules(flows).map(({ name, protocol, fromPort, toPort, peer }) => [
        name,
        protocol,
        fromPort,
        toPort,
        peer,
      ]),
      [
        ["app-to-cache-cache", "tcp", 7777, 7777, { securityGroupId: "sg-1" }],
        ["app-to-sentinel-cache", "tcp", 26379, 26379, { securityGroupId: "sg-1" }],
        ["app-to-https-10.9.0.0-16", "tcp", 443, 443, { cidrBlock: "10.9.0.0/16" }],
        ["app-to-https-10.10.0.0-16", "tcp", 443, 443, { cidrBlock: "10.10.0.0/16" }],
      ],
    );
  });
});

describe("the application's role", () => {
  const arn = "arn:aws:iam::123456789012:role/web";
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }],
  });
  const problemsOf = (given: object): string[] =>
    lines(clientProblems("web", { connection: sampleConnection, appUser: "web", ...given }));

  it("is planned as it is given, or as it is to be made", () => {
    const planned = (given: object): unknown => planClient("web", { appUser: "app", ...given }).appRole;
    assert.deepEqual(planned({ appRoleArn: arn }), { arn });
    assert.deepEqual(planned({ appPolicies: { uploads: policy } }), { policies: { uploads: policy } });
    assert.equal(planned({}), undefined);
  });

  it("may be any role of IAM's, or one that is known later, but not the role of a cache's host", () => {
    const path = "arn:aws-us-gov:iam::123456789012:role/apps/a+b=,.@-_/web";
    for (const sound of [arn, path, output(arn)]) assert.deepEqual(problemsOf({ appRoleArn: sound }), []);
    for (const wrong of [
      "web",
      "",
      `${arn}\n`,
      `${arn} x`,
      "arn:aws:iam::123456789012:role/*",
      "arn:aws:iam::123456789012:role/",
      "arn:aws:iam::123456789012:user/web",
      "arn:aws:iam::12345:role/web",
      "arn:aws:iam::123456789012:role/hipaa-redis/sessions/client/web/web-1",
    ]) {
      const [line, ...more] = problemsOf({ appRoleArn: wrong });
      assert.match(line ?? "", /^appRoleArn: got ".*\. Give the ARN of an IAM role of the application's own/s, wrong);
      assert.deepEqual(more, []);
    }
  });

  it("is made of policies by name, of which no error shows anything", () => {
    for (const sound of [policy, output("{}")])
      assert.deepEqual(problemsOf({ appPolicies: { uploads: sound, "a-1": output("") } }), []);
    for (const [wrong, got] of [
      ["secret", "a string that is no such JSON"],
      ['"secret"', "a string that is no such JSON"],
      ['[{"Statement":"secret"}]', "a string that is no such JSON"],
      ['{"statement":"secret"}', "a string that is no such JSON"],
      ['{"Statement":null}', "a string that is no such JSON"],
      ['{"Statement":[]}', "a string that is no such JSON"],
      [{ Statement: "secret" }, "an object"],
      [undefined, "undefined"],
    ] as const) {
      assert.deepEqual(problemsOf({ appPolicies: { uploads: wrong } }), [
        `appPolicies.uploads: got ${got}. Give an IAM policy as a string of JSON: an object with a Statement.`,
      ]);
    }
    assert.match(problemsOf({ appPolicies: { "Up loads": policy } }).join(), /^appPolicies, a name: got "Up loads"/);
    // Two of the same are two policies, and their text stays out of any error.
    assert.deepEqual(problemsOf({ appPolicies: { uploads: policy, again: policy } }), []);
    assert.deepEqual(problemsOf({ appPolicies: {} }), ["appPolicies: got an empty object. Give at least one."]);
    assert.match(problemsOf({ appPolicies: output({ uploads: policy }) }).join(), /^appPolicies: got an object/);
  });

  it("is made of policies that fit into one role together, as far as they are known", () => {
    const filled = (characters: number, filler = "a"): string => {
      const empty = JSON.stringify({ Statement: [{ Resource: "" }] });
      return empty.replace('""', `"${filler.repeat(characters - empty.length)}"`);
    };
    const [half, rest] = [filled(5120), filled(5121)];
    assert.equal(half.length + rest.length, 10_241);
    assert.deepEqual(problemsOf({ appPolicies: { uploads: half, jobs: half } }), []);
    assert.deepEqual(problemsOf({ appPolicies: { uploads: filled(10_240) } }), []);
    assert.deepEqual(problemsOf({ appPolicies: { uploads: half, jobs: rest, later: output(half) } }), [
      "appPolicies: got policies of 10241 characters (uploads 5120, jobs 5121). IAM takes 10240 in all inline policies of a role together, " +
        "white space not counted: shorten them, or give appRoleArn, a role of your own, which may have managed policies as well.",
    ]);
    const spaced = JSON.stringify(JSON.parse(half), null, 40).replaceAll("\n", "\r\n\t");
    assert.deepEqual(problemsOf({ appPolicies: { uploads: half, jobs: spaced } }), []);
  });

  it("is made of the characters that IAM takes", () => {
    const named = (resource: string): string => JSON.stringify({ Statement: [{ Resource: resource }] });
    for (const wrong of ["secret\u0100", "secret\u2028", "secret\u{1f600}"]) {
      assert.deepEqual(problemsOf({ appPolicies: { uploads: named(wrong) } }), [
        "appPolicies.uploads: got a character that IAM refuses. IAM takes tabs, line breaks and the characters U+0020 to U+00FF: write others " +
          "as \\u and four digits.",
      ]);
    }
    for (const sound of [named("\u00e9\u00ff"), named("\u0100").replace("\u0100", "\\u0100")])
      assert.deepEqual(problemsOf({ appPolicies: { uploads: sound } }), []);
  });

  it("is either given or made", () => {
    assert.deepEqual(problemsOf({ appRoleArn: arn, appPolicies: { uploads: policy } }), [
      "appPolicies: got policies beside appRoleArn. Give one of the two: a role of your own, or the policies of one that is made for you.",
    ]);
  });
});

describe("the arguments of an app host", () => {
  it("are all looked at, and told together in their order", () => {
    const given: Record<keyof ClientArguments, unknown> = {
      connection: undefined,
      vpcId: "vpc",
      appUser: "root",
      localPort: 80,
      openLocalPort: "no",
      refreshIntervalSeconds: 1,
      tunnel: "ssh",
      operatingSystem: "windows",
      imageHasPackages: "yes",
      httpsEgressCidrBlocks: [],
      additionalUserData: "#!",
      appRoleArn: "web",
      appPolicies: [],
      tags: 5,
    };
    const problems = clientProblems("Web", given as unknown as ClientArguments);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["name", ...Object.keys(given), "appPolicies"],
    );
    assert.match(problems[0]?.allowed ?? "", /DNS label/);
    assert.match(problems[3]?.allowed ?? "", /system account/);
  });

  it("are refused in another VPC than the cache's where that lets in hosts by a group, and nowhere else", () => {
    const told = (vpcId: unknown, clientSecurityGroupId?: string): string[] => {
      const connection = { ...sampleConnection, ...(clientSecurityGroupId && { clientSecurityGroupId }) };
      return lines(clientProblems("web", { connection, appUser: "web", vpcId }));
    };
    assert.deepEqual(told("vpc-2", "sg-2"), [
      'vpcId: got "vpc-2". The cache lets in hosts in its client\'s group sg-2, which is of vpc-1: leave vpcId out, or take ' +
        "clientSecurityGroups from the cache.",
    ]);
    const later = { apply: () => undefined };
    assert.deepEqual([told("vpc-2"), told("vpc-1", "sg-2"), told(undefined, "sg-2"), told(later, "sg-2")].flat(), []);
  });

  it("are refused with a VPC or another port of their own where the cache has replicas or shards, once that is known", () => {
    const told = (change: object, connection: unknown = replicatedConnection()): string[] =>
      lines(clientProblems("web", { connection, appUser: "web", ...change }));
    const later = { apply: () => undefined };
    const leaveOut = "sessions has replicas, which hosts of its own VPC alone reach, vpc-1: leave vpcId out.";
    assert.deepEqual(told({ vpcId: "vpc-2" }), [`vpcId: got "vpc-2". ${leaveOut}`]);
    assert.deepEqual(told({ vpcId: later }), [`vpcId: got a VPC. ${leaveOut}`]);
    assert.deepEqual(told({ localPort: 6380 }), [
      "localPort: got 6380. Each node of sessions has an address of its own on this host, with 6379 and Sentinel's port: leave " +
        "localPort out.",
    ]);
    for (const change of [{}, { localPort: 6379 }, { openLocalPort: false }]) assert.deepEqual(told(change), []);
    assert.deepEqual(told({ vpcId: "vpc-2", localPort: 6380 }, clusterConnection()), [
      `vpcId: got "vpc-2". ${leaveOut.replace("replicas", "shards")}`,
      "localPort: got 6380. Each node of sessions has an address of its own on this host, with 6379: leave localPort out.",
    ]);
    assert.deepEqual(told({ vpcId: "vpc-2", localPort: 6380 }, sampleConnection), []);
    assert.deepEqual(told({ vpcId: "vpc-2", localPort: 6380 }, later), []);
  });

  it("are refused on Debian 12 where the cache takes the hybrid key exchange alone, once that is known", () => {
    const told = (operatingSystem: OperatingSystem, connection: unknown): string[] =>
      lines(clientProblems("web", { connection, appUser: "web", operatingSystem }));
    const asked = { ...sampleConnection, requiresHybridKeyExchange: true };
    assert.deepEqual(told("debian-12", asked), [
      'operatingSystem: got "debian-12". sessions takes the hybrid key exchange alone, which Debian 12 doesn\'t have: give "debian-13", and ' +
        "the host an image of it.",
    ]);
    assert.deepEqual(told("debian-13", asked), []);
    assert.deepEqual(told("debian-12", sampleConnection), []);
    assert.deepEqual(told("debian-12", { ...asked, requiresHybridKeyExchange: false }), []);
    assert.deepEqual(told("debian-12", { apply: () => undefined }), []);
  });

  const problemsOf = (httpsEgressCidrBlocks?: string[]): string[] =>
    lines(
      clientProblems("web", {
        connection: sampleConnection,
        appUser: "web",
        ...(httpsEgressCidrBlocks && { httpsEgressCidrBlocks }),
      }),
    );

  it("let it connect anywhere, or to networks that share no address", () => {
    for (const allowed of [undefined, ["0.0.0.0/0"], ["10.9.0.0/16", "10.10.0.0/16"]]) {
      assert.deepEqual(problemsOf(allowed), []);
    }
  });

  it("don't let it connect to nowhere, the same network twice, one within another, or no network", () => {
    assert.deepEqual(problemsOf([]), ["httpsEgressCidrBlocks: got an empty list. Give at least one."]);
    for (const second of ["10.9.0.0/16", "10.9.1.0/24", "10.9.0.1/16"]) {
      const [line, ...more] = problemsOf(["10.9.0.0/16", second]);
      assert.match(line ?? "", /^httpsEgressCidrBlocks\[1\]: got "10.9/);
      assert.deepEqual(more, []);
    }
  });
});
