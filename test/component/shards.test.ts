import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { redisUsersField } from "../../src/host/redisUsers.js";
import { archivedText } from "../../src/host/scriptArchive.js";
import { clusterConnection, samplePlan, sampleArguments, sharded, threeZones } from "../support/sample.js";
import { membersText } from "../../src/plan/members.js";
import { register, type Registered } from "./mocks.js";
import { ofCache, outputsSpecified } from "./specification.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hashesOf = (name: string): string[] => [1, 2].map((generation) => sha256(`password-of-${name}-${generation}`));
const places = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"];

function cache(change: Partial<HipaaRedisCacheArgs> = {}): Promise<readonly Registered[]> {
  return register(() => {
    new HipaaRedisCache("sessions", { ...sampleArguments, ...sharded(), ...change });
  });
}

function secretOf(resources: readonly Registered[], name: string): Record<string, string> {
  const { [`SecretVersion ${name}`]: found } = ofCache(resources, /:SecretVersion$/);
  return (found as { secretString: { secret: Record<string, string> } }).secretString.secret;
}

describe("a cache with shards, against mocks", () => {
  let resources: readonly Registered[];
  before(async () => {
    resources = await cache();
  });

  const members = (shards: number): string => membersText(samplePlan(sharded(shards)).cluster?.members ?? []);

  it("has its nodes know who they all are, the password of all in clear, and what they run among each other", () => {
    for (const place of places) {
      const { certificate, privateKey, trusted, ...fields } = secretOf(resources, `sessions-${place}-server`);
      assert.ok(certificate && privateKey && trusted);
      assert.deepEqual(fields, {
        admitted: "web.client.sessions.hipaa-redis.internal\n",
        redisUsers: redisUsersField([{ name: "web", passwordsSha256: hashesOf("sessions-client-web") }], {
          passwordsSha256: hashesOf("sessions-peers"),
          areCluster: true,
        }),
        members: members(3),
        peerPassword: "password-of-sessions-peers-1",
        // What is compressed is shown as it was.
        scripts: archivedText("redis"),
      });
    }
  });

  it("has its clients know who the nodes are, and nothing else of what these have for each other", () => {
    const { certificate, privateKey, trusted, ...fields } = secretOf(resources, "sessions-client-web");
    assert.ok(certificate && privateKey && trusted);
    assert.deepEqual(fields, { password: "password-of-sessions-client-web-1", members: members(3) });
  });

  it("gives CONFIG no name that nodes share", () => {
    assert.deepEqual(
      Object.keys(ofCache(resources, /:RandomPassword$/)).filter((name) => !name.includes("client")),
      [1, 2].map((generation) => `RandomPassword sessions-peers-${generation}`),
    );
  });

  it("has each node report by a parameter of its own", () => {
    assert.deepEqual(
      resources.filter(({ type }) => type === "aws:ssm/parameter:Parameter").map(({ name }) => name),
      places.map((place) => `sessions-${place}-health`),
    );
  });

  it("replaces no node for a shard more, and tells each host of it", async () => {
    const more = await cache({ shards: 4 });
    const instances = (all: readonly Registered[]): Map<string, unknown> =>
      new Map(all.filter(({ type }) => type === "aws:ec2/instance:Instance").map(({ name, inputs }) => [name, inputs]));
    const [before, after] = [instances(resources), instances(more)];
    assert.equal(after.size, 8);
    for (const [name, inputs] of before) assert.deepEqual(after.get(name), inputs, name);
    for (const host of ["sessions-0-0-server", "sessions-client-web"])
      assert.equal(secretOf(more, host).members, members(4));
  });

  it("replaces nodes for another number of replicas where it is 0 or 1, and for any other subnet", async () => {
    const further = { availabilityZone: "us-east-1a", cidrBlock: "10.0.0.144/28", natGatewayId: "nat-1" };
    const userDataWith = async (change: Partial<HipaaRedisCacheArgs>): Promise<unknown> => {
      const made = await cache(change);
      return made.find(({ type, name }) => type === "aws:ec2/instance:Instance" && name === "sessions-0-0")?.inputs
        .userDataBase64;
    };
    const [none, one] = [await userDataWith({ replicas: 0 }), await userDataWith({ replicas: 1 })];
    const [two, three] = [await userDataWith({ replicas: 2 }), await userDataWith({ replicas: 3 })];
    assert.deepEqual([none === one, one === two, two === three], [false, false, true]);
    assert.notEqual(await userDataWith({ subnets: [...threeZones, further] }), one);
  });

  it("tells in a client's connection what one shard more does not change, and no node", async () => {
    const connectionOf = async (shards: number): Promise<unknown> => {
      const { connections } = outputsSpecified(await cache({ shards }), "sessions") as {
        connections: { web: { nodes: unknown; cluster: unknown } };
      };
      return connections.web;
    };
    const connection = await connectionOf(3);
    const { nodes, cluster: itsCluster } = connection as { nodes: unknown; cluster: unknown };
    assert.deepEqual(nodes, []);
    assert.deepEqual(itsCluster, {
      cidrBlocks: ["10.0.0.96/28", "10.0.0.112/28", "10.0.0.128/28"],
      port: 6379,
      loopbackCidrBlock: "127.82.0.0/22",
    });
    assert.deepEqual(await connectionOf(4), connection);
  });

  it("is reached by its clients' hosts by its group, at its nodes' port", async () => {
    const made = await register(() => {
      new HipaaRedisClient("web", { connection: clusterConnection(), appUser: "web" });
    });
    const rule = made.find(({ name }) => name === "web-app-to-cache");
    assert.deepEqual(
      [rule?.inputs.fromPort, rule?.inputs.toPort, rule?.inputs.referencedSecurityGroupId],
      [6379, 6379, clusterConnection().securityGroupId],
    );
  });
});
