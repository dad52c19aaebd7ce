import assert from "node:assert/strict";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { planCache, type CachePlan } from "../../../src/plan/cachePlan.js";
import { shardRange } from "../../../src/plan/cluster.js";
import { networkAclRuleQuota } from "../../../src/plan/networkAcl.js";
import { securityGroupRuleQuota } from "../../../src/plan/securityGroup.js";
import { sampleArguments } from "../../support/sample.js";

const wide = (prefix: number, each = 1): CacheArguments["subnets"] =>
  ["a", "b", "c"].flatMap((zone, index) =>
    Array.from({ length: each }, (_, number) => ({
      availabilityZone: `us-east-1${zone}`,
      cidrBlock: `10.0.${128 + 16 * index + 2 * number}.0/${prefix}`,
      natGatewayId: `nat-${index}`,
    })),
  );

/** What a HipaaNetwork of three zones gives, but for wider subnets of the cache's. */
const inThreeZones = {
  ...sampleArguments,
  subnets: wide(23),
  appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"],
  bastionCidrBlocks: ["10.0.0.0/28", "10.0.0.16/28", "10.0.0.32/28"],
} satisfies CacheArguments;

const aclRules = (plan: CachePlan): number[] =>
  [false, true].map((egress) => plan.networkAclEntries.filter((entry) => entry.egress === egress).length);
const groupRules = (plan: CachePlan): number[] =>
  ["ingress", "egress"].map(
    (direction) => plan.securityGroupRules.filter(({ flow }) => flow.direction === direction).length,
  );

describe("AWS's quotas", () => {
  for (const replicas of [1, 5]) {
    const given = { ...inThreeZones, shards: shardRange.most, replicas };
    it(`have room for ${shardRange.most} shards with ${replicas} replicas each, with as many rules as of three shards`, () => {
      assert.deepEqual(cacheProblems("sessions", given), []);
      const plan = planCache("sessions", given);
      assert.equal(plan.nodes.length, shardRange.most * (replicas + 1));
      assert.ok(
        aclRules(plan).every((rules) => rules <= networkAclRuleQuota),
        aclRules(plan).join(),
      );
      assert.ok(
        groupRules(plan).every((rules) => rules <= securityGroupRuleQuota),
        groupRules(plan).join(),
      );
      const three = planCache("sessions", { ...given, shards: shardRange.least });
      assert.deepEqual([aclRules(three), groupRules(three)], [aclRules(plan), groupRules(plan)]);
    });
  }

  it("are named with the way out where a cache has more networks than they have room for; fewer, larger ones fit", () => {
    const given = { ...inThreeZones, shards: shardRange.most, replicas: 1 };
    const [problem, ...others] = cacheProblems("sessions", { ...given, subnets: wide(24, 2) });
    assert.deepEqual(others, []);
    assert.equal(
      problem?.path,
      "appCidrBlocks, bastionCidrBlocks, httpsEgressCidrBlocks, dnsServers, timeServers and subnets",
    );
    assert.match(problem.got, /^\d+ network ACL rules in one direction$/);
    assert.match(
      problem.allowed,
      /^AWS allows 19 .* give fewer, larger subnets: each that nodes are in takes three\.$/,
    );
  });
});
