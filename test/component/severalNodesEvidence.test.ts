import assert from "node:assert/strict";
import { nodePolicy } from "../../src/evidence/awsGrantChecks.js";
import { assess } from "../../src/evidence/assess.js";
import { contradictions } from "../../src/evidence/contradictions.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { planCache } from "../../src/plan/cachePlan.js";
import { sampleArguments, sharded } from "../support/sample.js";
import { register, type Registered } from "./mocks.js";
import { theReplicatedCache } from "./programs.js";

const caches = [
  {
    has: "replicas",
    make: async () => (await theReplicatedCache()).resources,
    shape: [undefined, 2],
    nodes: ["0 10.0.0.100", "1 10.0.0.116", "2 10.0.0.132"],
  },
  {
    has: "shards",
    make: () =>
      register(() => {
        new HipaaRedisCache("sessions", { ...sampleArguments, ...sharded() });
      }),
    shape: [3, 1],
    nodes: ["0-0 10.0.0.110", "0-1 10.0.0.126", "1-0 10.0.0.123", "1-1 10.0.0.139", "2-0 10.0.0.136", "2-1 10.0.0.104"],
  },
] as const;

for (const { has, make, shape, nodes } of caches) {
  describe(`the evidence of a cache with ${has}, against mocks`, () => {
    let resources: readonly Registered[];
    let evidence: Evidence;
    before(async () => {
      resources = await make();
      const cache = resources.find(({ type }) => type.endsWith(":HipaaRedisCache")) ?? assert.fail();
      evidence = cache.outputs.evidence as Evidence;
    });

    it("has every node, and contradicts itself in nothing but the ARNs, which mocks make up", () => {
      assert.deepEqual(
        evidence.deployed.nodes.map(({ name, privateIp }) => `${name} ${privateIp}`),
        nodes.map((node) => `sessions-${node}`),
      );
      assert.deepEqual([evidence.arguments.shards, evidence.arguments.replicas], shape);
      const paths = contradictions(evidence).map(({ path }) => path);
      assert.deepEqual(
        paths.filter((path) => !path.endsWith("Arn")),
        [],
      );
      assert.ok(assess(evidence).controls.some(({ id }) => id === "failover"));
    });

    it("is looked at for the policies that the nodes' roles have, the parameter of each among them", () => {
      const plan = planCache(evidence.cache, evidence.arguments);
      for (const { name, secretArn } of evidence.deployed.nodes) {
        const made =
          resources.find((one) => one.type.endsWith(":RolePolicy") && one.name === name) ?? assert.fail(name);
        assert.deepEqual(nodePolicy(plan, evidence.deployed, secretArn), JSON.parse(String(made.inputs.policy)));
      }
    });
  });
}
