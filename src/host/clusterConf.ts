import { clusterRules, type ClusterPlan } from "../plan/cluster";
import { busPort, redisPort } from "../plan/ports";
import type { Member } from "../plan/replication";
import { hostPaths } from "./hostPaths";
import type { Settings } from "./encode";

/**
 * What redis.conf has in a cluster beside what it has with replicas, and behind it: of a setting that is there twice Redis takes the last
 * (redis.conf, "Redis Cluster").
 */
export function clusterConf(
  { loopbackAddress }: Pick<Member, "loopbackAddress">,
  { minReplicasToWrite }: Pick<ClusterPlan, "minReplicasToWrite">,
): Settings {
  const yesOrNo = (is: boolean): string => (is ? "yes" : "no");
  return [
    ["cluster-enabled", "yes"],
    // In memory, as all that Redis writes: seed-cluster makes it before each start.
    ["cluster-config-file", hostPaths.clusterNodes],
    ["cluster-node-timeout", clusterRules.nodeTimeoutMs],
    ["cluster-port", busPort],
    ["cluster-announce-ip", loopbackAddress],
    ["cluster-announce-port", redisPort],
    ["cluster-announce-bus-port", busPort],
    ["cluster-allow-replica-migration", yesOrNo(clusterRules.allowsReplicaMigration)],
    ["cluster-replica-validity-factor", clusterRules.replicaValidityFactor],
    ["cluster-require-full-coverage", yesOrNo(clusterRules.requiresFullCoverage)],
    ["min-replicas-to-write", minReplicasToWrite],
  ];
}
