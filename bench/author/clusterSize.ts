import { mostSecretBytes, secretLimitBytes } from "../../src/host/checkSecrets.js";
import { mostUserDataBytes } from "../../src/host/checkUserData.js";
import { userDataLimitBytes } from "../../src/host/userData.js";
import type { CachePlan } from "../../src/plan/cachePlan.js";
import type { ClusterPlan } from "../../src/plan/cluster.js";
import { networkAclRuleQuota } from "../../src/plan/networkAcl.js";
import { securityGroupRuleQuota } from "../../src/plan/securityGroup.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { samplePlan } from "../../lab/sample.js";
import { result, type Result } from "../figures/result.js";

/** A cache of so many shards with a replica each, in networks of three zones that have room for a hundred. */
function planOf(shards: number, tunnel: TunnelEngine = "haproxy"): CachePlan {
  return samplePlan({ shards, replicas: 1, subnets: wideZones, tunnel });
}

const wideZones = ["a", "b", "c"].map((zone, index) => ({
  availabilityZone: `us-east-1${zone}`,
  cidrBlock: `10.0.${100 + 2 * index}.0/23`,
  natGatewayId: `nat-${index}`,
}));

export function clusterPlans(shards: readonly number[]): ClusterPlan[] {
  return shards.map((count) => planOf(count).cluster).filter((cluster) => cluster !== undefined);
}

/** What a cache of a hundred shards with a replica each has of what AWS counts. */
export function quotas(): Result[] {
  const plan = planOf(100);
  const mostOneWay = (entries: readonly { readonly egress: boolean }[]): number =>
    Math.max(...[true, false].map((egress) => entries.filter((one) => one.egress === egress).length));
  const rules = plan.securityGroupRules.map(({ flow }) => ({ egress: flow.direction === "egress" }));
  return [
    ...tunnelEngines.map((tunnel) =>
      result(
        `100 shards: user data of the longest node with ${tunnel}`,
        "bytes",
        [mostUserDataBytes(planOf(100, tunnel))],
        {
          atMost: userDataLimitBytes,
        },
      ),
    ),
    result("100 shards: the longest secret of a node, with one client", "bytes", [mostSecretBytes(plan)], {
      atMost: secretLimitBytes,
    }),
    result("100 shards: network ACL rules in one direction", "rules", [mostOneWay(plan.networkAclEntries)], {
      atMost: networkAclRuleQuota,
    }),
    result("100 shards: security group rules in one direction", "rules", [mostOneWay(rules)], {
      atMost: securityGroupRuleQuota,
    }),
  ];
}
