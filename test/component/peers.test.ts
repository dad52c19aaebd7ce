import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { redisUsersField, sentinelUsersConf } from "../../src/host/redisUsers.js";
import { register, type Registered } from "./mocks.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { sampleArguments } from "../support/sample.js";
import { ofCache, outputsSpecified } from "./specification.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hashesOf = (name: string): string[] => [1, 2].map((generation) => sha256(`password-of-${name}-${generation}`));
const dnsName = (node: number): string => `sessions-${node}.node.sessions.hipaa-redis.internal\n`;

const [subnet] = sampleArguments.subnets;

function cache(change: Partial<HipaaRedisCacheArgs>, name = "sessions"): Promise<readonly Registered[]> {
  assert.ok(subnet);
  const subnets = [{ ...subnet, cidrBlock: "10.0.1.0/24" }];
  return register(() => {
    new HipaaRedisCache(name, { ...sampleArguments, subnets, ...change });
  });
}

function secretOf(resources: readonly Registered[], name: string): Record<string, string> {
  const { [`SecretVersion ${name}`]: found } = ofCache(resources, /:SecretVersion$/);
  return (found as { secretString: { secret: Record<string, string> } }).secretString.secret;
}

describe("the secrets and connections of a cache with replicas, against mocks", () => {
  let resources: readonly Registered[];
  before(async () => {
    resources = await cache({ replicas: 2 });
  });

  it("let each node know the others' names, the password of all in clear, and the name that CONFIG has", () => {
    const peers = { passwordsSha256: hashesOf("sessions-peers") };
    for (const [index, others] of [
      [1, 2],
      [0, 2],
      [0, 1],
    ].entries()) {
      const { certificate, privateKey, trusted, ...fields } = secretOf(resources, `sessions-${index}-server`);
      assert.ok(certificate && privateKey && trusted);
      assert.deepEqual(fields, {
        admitted: "web.client.sessions.hipaa-redis.internal\n",
        admittedPeers: others.map(dnsName).join(""),
        admittedToSentinel: `${others.map(dnsName).join("")}web.client.sessions.hipaa-redis.internal\n`,
        redisUsers: redisUsersField([{ name: "web", passwordsSha256: hashesOf("sessions-client-web") }], peers),
        peerPassword: "password-of-sessions-peers-1",
        configCommand: "password-of-sessions-config-command",
        sentinelUsers: sentinelUsersConf(peers),
      });
    }
  });

  it("say in each connection where a node is, at both ends of the tunnel, and which have a Sentinel", async () => {
    const nodesOf = async (replicas: number): Promise<unknown> => {
      const found = outputsSpecified(await cache({ replicas }), "sessions") as {
        connections: { web: { nodes: unknown } };
      };
      return found.connections.web.nodes;
    };
    const node = (index: number): object => ({
      name: `sessions-${index}`,
      address: `10.0.1.${4 + index}`,
      port: 6379,
      serverName: dnsName(index).trimEnd(),
      loopbackAddress: `127.82.0.${1 + index}`,
    });
    const withSentinel = [0, 1, 2].map((index) => ({ ...node(index), sentinelPort: 26_379 }));
    assert.deepEqual(await nodesOf(2), withSentinel);
    assert.deepEqual(await nodesOf(3), [...withSentinel, node(3)]);
    const { loopbackAddress: none, ...alone } = node(0) as { loopbackAddress: string };
    assert.ok(none);
    assert.deepEqual(await nodesOf(0), [alone]);
  });

  it("let a client know nothing of what nodes have for each other", () => {
    assert.deepEqual(Object.keys(secretOf(resources, "sessions-client-web")), [
      "certificate",
      "privateKey",
      "trusted",
      "password",
    ]);
  });

  it("make CONFIG's name of what a command's name can be, and the password as long as a client's", () => {
    const made = ofCache(resources, /:RandomPassword$/) as Record<string, object>;
    const { options, ...name } = made["RandomPassword sessions-config-command"] as { options: object };
    assert.deepEqual(name, { length: 32, special: false });
    assert.deepEqual(made["RandomPassword sessions-peers-1"], { length: 64, special: false, options });
    assert.deepEqual(made["RandomPassword sessions-peers-2"], { length: 64, special: false, options });
  });

  it("change the peers' password with those of clients, and never the name", async () => {
    const changed = await cache({ replicas: 2, rotation: { passwords: 2 } });
    assert.deepEqual(
      Object.keys(ofCache(changed, /:RandomPassword$/)).filter((name) => !name.includes("client")),
      [
        ...[1, 2, 3].map((generation) => `RandomPassword sessions-peers-${generation}`),
        "RandomPassword sessions-config-command",
      ],
    );
    assert.equal(secretOf(changed, "sessions-1-server").peerPassword, "password-of-sessions-peers-2");
  });

  it("fit into what Secrets Manager takes, for as many clients and nodes with as long names as there can be", async () => {
    const largest = await cache(
      {
        clients: Array.from({ length: 60 }, (_, index) => `${"a".repeat(28)}${String(index).padStart(2, "0")}`),
        rotation: { authority: 2, passwords: 2 },
        // The longer form of names.
        tunnel: "stunnel",
        replicas: 5,
      },
      "c".repeat(30),
    );
    const found = largest.filter(({ type }) => type.endsWith(":SecretVersion"));
    const sizes = found.map(({ inputs }) => Buffer.byteLength(JSON.stringify(inputs.secretString)));
    // Certificates and keys, which are short in these mocks: two certificates of its own, three authorities.
    const pem = 5 * 1000;
    assert.equal(found.length, 66);
    assert.ok(Math.max(...sizes) > 25_000);
    assert.ok(Math.max(...sizes) + pem < 64 * 1024, String(Math.max(...sizes)));
  });
});
