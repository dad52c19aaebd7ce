import { redisPort } from "../plan/ports";
import { hostPaths } from "./hostPaths";
import type { Settings } from "./encode";

/** A node of a cluster, as far as its Redis has to know. */
export interface ClusterNode {
  /** Where it is on every host's loopback. */
  readonly loopbackAddress: string;
  /** Of each shard. */
  readonly replicas: number;
}

/** Where nodes tell each other how the cluster is. */
export const clusterBusPort = 16379;

/** What nodes of a cluster keep to (redis.conf, "Redis Cluster"). */
export const clusterRules = {
  /** After so long a silent node is taken for away; as with Sentinel. */
  nodeTimeoutMs: 2000,
  /** From so many replicas on a primary takes no write that none of them would have: with one, it would stop when that one is away. */
  leastReplicasToInsist: 2,
} as const;

/**
 * What redis.conf has in a cluster beside what it has with replicas, behind it: of a setting that is there twice Redis takes the last.
 */
export function clusterConf({ loopbackAddress, replicas }: ClusterNode): Settings {
  return [
    ["cluster-enabled", "yes"],
    // In memory, as all that Redis writes: seed-cluster makes it before each start.
    ["cluster-config-file", hostPaths.clusterNodes],
    ["cluster-node-timeout", clusterRules.nodeTimeoutMs],
    ["cluster-port", clusterBusPort],
    ["cluster-announce-ip", loopbackAddress],
    ["cluster-announce-port", redisPort],
    ["cluster-announce-bus-port", clusterBusPort],
    // The plan says whose replica a node is.
    ["cluster-allow-replica-migration", "no"],
    // However long a replica was away: what it has is all that there is.
    ["cluster-replica-validity-factor", 0],
    ["cluster-require-full-coverage", "no"],
    ["min-replicas-to-write", replicas < clusterRules.leastReplicasToInsist ? 0 : 1],
  ];
}
