import assert from "node:assert/strict";
import type { ClientArguments } from "../../../src/arguments/clientArguments.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { sampleConnection } from "../../support/sample.js";
import { lines } from "../arguments/lines.js";

describe("the plan of an app host", () => {
  const toCache = {
    name: "app-to-cache",
    protocol: "tcp",
    port: 6379,
    peer: "cache",
    reason: "The application reaches the cache through the tunnel",
  };
  const toHttps = (cidrBlock: string, name: string): object => ({
    name: `app-to-https-${name}`,
    protocol: "tcp",
    port: 443,
    peer: { cidrBlock },
    reason: "The app host fetches its secret and Debian packages",
  });

  it("is this where only the user is given", () => {
    assert.deepEqual(planClient("web", { appUser: "app" }), {
      name: "web",
      appUser: "app",
      localPort: 6379,
      refreshIntervalSeconds: 300,
      tunnel: "haproxy",
      imageHasPackages: false,
      flows: [toCache, toHttps("0.0.0.0/0", "0.0.0.0-0")],
    });
  });

  it("is what is given where all is given", () => {
    const shape = {
      appUser: "app",
      localPort: 7000,
      refreshIntervalSeconds: 60,
      tunnel: "stunnel",
      imageHasPackages: true,
    } as const;
    const httpsEgressCidrBlocks = ["10.9.0.0/16", "10.10.0.0/16"];
    assert.deepEqual(planClient("web", { ...shape, httpsEgressCidrBlocks }), {
      name: "web",
      ...shape,
      flows: [toCache, toHttps("10.9.0.0/16", "10.9.0.0-16"), toHttps("10.10.0.0/16", "10.10.0.0-16")],
    });
  });
});

describe("the arguments of an app host", () => {
  it("are all looked at, and told together in their order", () => {
    const given: Record<keyof ClientArguments, unknown> = {
      connection: undefined,
      vpcId: "vpc",
      appUser: "root",
      localPort: 80,
      refreshIntervalSeconds: 1,
      tunnel: "ssh",
      imageHasPackages: "yes",
      httpsEgressCidrBlocks: [],
      additionalUserData: "#!",
      tags: 5,
    };
    const problems = clientProblems("Web", given as unknown as ClientArguments);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["name", ...Object.keys(given)],
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
