import assert from "node:assert/strict";
import { mostSecretBytes, secretLimitBytes, secretProblems } from "../../../src/host/checkSecrets.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { planCache, type CachePlan } from "../../../src/plan/cachePlan.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { newIdentity } from "../../../lab/x509/identity.js";
import { sampleArguments } from "../../support/sample.js";

const longest = "a".repeat(30);

/** So many clients, with names as long as they may be. */
function withClients(count: number, change: Partial<CacheArguments> = {}): CachePlan {
  const clients = Array.from({ length: count }, (_, index) => `${longest.slice(4)}-${index + 100}`);
  const subnets = ["a", "b", "c"].map((zone, index) => ({
    availabilityZone: `us-east-1${zone}`,
    cidrBlock: `10.0.${128 + 16 * index}.0/23`,
    natGatewayId: `nat-${index}`,
  }));
  return planCache(longest, { ...sampleArguments, subnets, clients, allowScripting: true, ...change });
}

describe("the secret of a node", () => {
  for (const tunnel of tunnelEngines) {
    it(`has room for as many clients as there can be with ${tunnel}, however many replicas and shards there are`, () => {
      for (const shape of [{}, { replicas: 5 }, { shards: 3, replicas: 5 }, { shards: 100, replicas: 5 }]) {
        const plan = withClients(60, { tunnel, ...shape });
        assert.deepEqual(secretProblems(plan), [], String(mostSecretBytes(plan)));
      }
    });
  }

  it("is refused where it is longer than Secrets Manager takes, with what can be done", () => {
    const plan = withClients(150, { shards: 100, replicas: 5 });
    const bytes = mostSecretBytes(plan);
    assert.ok(bytes > secretLimitBytes);
    assert.deepEqual(secretProblems(plan), [
      {
        path: "clients",
        got: `a node's secret of ${bytes} bytes with 150 clients and 600 nodes`,
        allowed:
          "Secrets Manager takes 65536 bytes: give fewer clients, or clients with shorter names, or fewer nodes, or make a second cache.",
      },
    ]);
  });

  it("has no certificate or key that is longer than what stands for it there", async () => {
    const dnsName = `${longest}-99-5.node.${longest}.hipaa-redis.internal`;
    const identity = await newIdentity({ subject: `CN=${dnsName}`, usage: "both", dnsNames: [dnsName] });
    assert.ok(identity.certificate.length <= 1200 && identity.privateKey.length <= 280);
  });
});
