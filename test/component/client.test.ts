import assert from "node:assert/strict";
import { output, type Output } from "@pulumi/pulumi";
import type { HipaaRedisClientArgs } from "../../src/args.js";
import type { Connection } from "../../src/arguments/connection.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { clientUserData } from "../../src/host/clientUserData.js";
import { planClient } from "../../src/plan/clientPlan.js";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { replicated, sampleArguments, sampleConnection } from "../support/sample.js";
import { hostRole } from "./hostRole.js";
import { laterRefusals } from "./laterRefusals.js";
import { record, register, type Registered } from "./mocks.js";
import { outputsOf } from "./outputs.js";
import { apiShape, apiUserData, tagged, theOtherProgram, theQuickstart } from "./programs.js";
import { outputsSpecified, specification } from "./specification.js";

const securityGroup = {
  "SecurityGroup web": {
    vpcId: "<Vpc clinic id>",
    description: "App hosts of the HIPAA Redis client web",
    tags: tagged("web"),
  },
  "SecurityGroupEgressRule web-app-to-cache": {
    securityGroupId: "<SecurityGroup web id>",
    ipProtocol: "tcp",
    fromPort: 6379,
    toPort: 6379,
    referencedSecurityGroupId: "<SecurityGroup sessions id>",
    description: "The application reaches the cache through the tunnel",
    tags: tagged("web-app-to-cache"),
  },
  "SecurityGroupEgressRule web-app-to-sentinel": {
    securityGroupId: "<SecurityGroup web id>",
    ipProtocol: "tcp",
    fromPort: 26379,
    toPort: 26379,
    referencedSecurityGroupId: "<SecurityGroup sessions id>",
    description: "The application asks a cache with replicas, through the tunnel, which node is the primary",
    tags: tagged("web-app-to-sentinel"),
  },
  "SecurityGroupEgressRule web-app-to-https-0.0.0.0-0": {
    securityGroupId: "<SecurityGroup web id>",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
    description: "The app host fetches its secret and Debian packages",
    tags: tagged("web-app-to-https-0.0.0.0-0"),
  },
};

/** The connection that a cache of the mocks hands to a client. */
function connectionOf(cache: string, client: string, address: string, vpcId: string): Connection {
  const serverName = `${cache}-0.node.${cache}.hipaa-redis.internal`;
  return {
    schemaVersion: 1,
    cache,
    client,
    region: "us-east-1",
    vpcId,
    securityGroupId: outputsOf("aws:ec2/securityGroup:SecurityGroup", cache).id,
    nodes: [{ name: `${cache}-0`, address, port: 6379, serverName }],
    secretArn: outputsOf("aws:secretsmanager/secret:Secret", `${cache}-client-${client}`).id,
    kmsKeyArn: outputsOf("aws:kms/key:Key", cache).arn ?? "",
  };
}

describe("a client, against mocks", () => {
  let quickstart: readonly Registered[];
  let others: readonly Registered[];
  before(async () => {
    quickstart = (await theQuickstart()).resources;
    others = (await theOtherProgram()).resources;
  });

  const ofClient = (types: RegExp): object =>
    specification(quickstart, ({ parentType, type }) => parentType.endsWith(":HipaaRedisClient") && types.test(type));

  it("has a security group that reaches the cache, its Sentinels and HTTPS, and lets nothing in", () => {
    assert.deepEqual(ofClient(/:SecurityGroup/), securityGroup);
  });

  it("reaches the cache at the port that the connection says", async () => {
    const [node] = sampleConnection.nodes;
    assert.ok(node);
    const { resources } = await record(() => {
      const connection = output({ ...sampleConnection, nodes: [{ ...node, port: 7777 }] });
      new HipaaRedisClient("web", { connection, appUser: "web" });
    });
    const rule = resources.find(({ name }) => name === "web-app-to-cache");
    assert.deepEqual([rule?.inputs.fromPort, rule?.inputs.toPort], [7777, 7777]);
  });

  it("has a role that EC2 takes for its hosts, that reads its one secret and does nothing else", () => {
    assert.deepEqual(
      ofClient(/^aws:iam/),
      hostRole("web", "/hipaa-redis/sessions/client/web/", "sessions-client-web", "sessions", tagged("web")),
    );
  });

  it("says what its hosts need, in user data that is no secret", () => {
    const vpcId = outputsOf("aws:ec2/vpc:Vpc", "clinic").id;
    const connection = connectionOf("sessions", "web", "10.0.0.100", vpcId);
    assert.deepEqual(outputsSpecified(quickstart, "web"), {
      userData: clientUserData(planClient("web", { appUser: "web" }), connection, []),
      instanceProfileName: "<InstanceProfile web name>",
      roleName: "<Role web name>",
      securityGroupId: "<SecurityGroup web id>",
      securityGroupIds: ["<SecurityGroup web id>"],
    });
  });

  it("adds the caller's user data to its own, in order", () => {
    const connection = connectionOf("ledger", "api", "10.0.0.116", "vpc-0a0a0a0a");
    const { userData } = outputsSpecified(others, "api") as { readonly userData: unknown };
    assert.equal(userData, clientUserData(planClient("api", apiShape), connection, apiUserData));
  });

  it("has a host wait for the rules of its group and the policy of its role", () => {
    const waits = others.find(({ name }) => name === "app-0")?.inputsWaitFor;
    assert.deepEqual(
      [waits?.vpcSecurityGroupIds, waits?.iamInstanceProfile],
      [
        [
          "SecurityGroup api",
          "SecurityGroupEgressRule api-app-to-cache",
          "SecurityGroupEgressRule api-app-to-https-10.0.48.0-20",
          "SecurityGroupEgressRule api-app-to-https-10.0.64.0-20",
          "SecurityGroupEgressRule api-app-to-sentinel",
        ],
        ["InstanceProfile api", "RolePolicy api"],
      ],
    );
  });

  it("refuses a connection that no cache has made, when it learns of it", async () => {
    const refusals = await refusalsOf({ ...sampleConnection, secretArn: "arn:aws:s3:::other" });
    assert.deepEqual(refusals, [["connection.secretArn"]]);
    assert.deepEqual(await refusalsOf(sampleConnection), []);
  });

  it("refuses an output of nothing, as of a stack that doesn't export it, with the same error and no other", async () => {
    assert.deepEqual(await refusalsOf(undefined), [["connection"]]);
    assert.deepEqual(await refusalsOf(null), [["connection"]]);
  });

  it("refuses at once a name that is not in the cache's clients, and says which there are", async () => {
    const args = { ...sampleArguments, vpcId: "vpc-1", clients: ["api", "worker"] };
    await register(() => {
      const { connections } = new HipaaRedisCache<string>("misspelt", args);
      const give = (client: string): HipaaRedisClient => {
        const given = { connection: connections[client], appUser: "web" } as HipaaRedisClientArgs;
        return new HipaaRedisClient("web", given);
      };
      assert.throws(() => give("apl"), {
        name: "InvalidArgumentsError",
        message: /connection: got nothing\. .*connections\.api and connections\.worker \(cache misspelt\)/,
      });
      assert.doesNotThrow(() => give("api"));
    });
  });

  it("refuses at once, before the connection is known, what the arguments of a cache in the same program rule out", async () => {
    const args = {
      ...sampleArguments,
      vpcId: "vpc-1",
      clients: ["api"] as const,
      operatingSystem: "debian-13",
    } as const;
    await register(() => {
      const connectionOf = (name: string, change: object): Output<Connection> =>
        new HipaaRedisCache<"api">(name, { ...args, ...change }).connections.api;
      const give = (connection: Output<Connection>, change: object): HipaaRedisClient =>
        new HipaaRedisClient("api", { connection, appUser: "api", ...change });
      const hybrid = connectionOf("hybrid", { requireHybridKeyExchange: true });
      assert.throws(
        () => give(hybrid, { operatingSystem: "debian-12" }),
        /operatingSystem: got "debian-12"\. hybrid takes/,
      );
      const copied = connectionOf("copied", replicated());
      assert.throws(() => give(copied, { localPort: 6380 }), /localPort: got 6380\. Each node of copied/);
      assert.doesNotThrow(() => give(connectionOf("plain", {}), { operatingSystem: "debian-12", localPort: 6380 }));
    });
  });

  it("refuses user data that EC2 would not take, by the name of what makes it long", async () => {
    const noise = Array.from({ length: 2000 }, (_, index) => outputsOf("aws:ec2/eip:Eip", `${index}`).id);
    const long = `#!/bin/sh\n# ${noise.join(" ")}\n`;
    assert.deepEqual(await refusalsOf(sampleConnection, [long]), [["additionalUserData"]]);
    assert.deepEqual(await refusalsOf(sampleConnection, [long.slice(0, 2000)]), []);
  });
});

/** The paths of the arguments that a client refuses once they are known. */
async function refusalsOf(
  connection: Connection | null | undefined,
  additionalUserData: string[] = [],
): Promise<string[][]> {
  const refused = await laterRefusals(() =>
    register(() => {
      const later = output(connection) as Output<Connection>;
      new HipaaRedisClient("web", { connection: later, appUser: "web", additionalUserData });
    }),
  );
  return refused.map((reason) => {
    assert.ok(reason instanceof InvalidArgumentsError);
    assert.match(reason.message, /HipaaRedisClient "web": 1 argument problem/);
    return reason.problems.map(({ path }) => path);
  });
}
