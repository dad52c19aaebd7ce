import type { CachePlan } from "./cachePlan";
import type { Cidr } from "./cidr";
import { busPort, redisPort, sentinelPort } from "./ports";

/** What a node is one of. */
export type Among = "replicas" | "shards";

/** What a node has to do with the others, whatever they are to each other. */
export interface PeersPlan {
  readonly among: Among;
  /** Where the nodes are on every host's loopback. */
  readonly loopbackCidrBlock: Cidr;
  /** What they are called at there. */
  readonly loopbackPorts: readonly number[];
  /** Whether any holds copies of another's values. */
  readonly areCopied: boolean;
}

/** Nothing where there is one node. */
export function peersOf({ replication, cluster }: Pick<CachePlan, "replication" | "cluster">): PeersPlan | undefined {
  if (cluster !== undefined) {
    const { loopbackCidrBlock, replicas } = cluster;
    return { among: "shards", loopbackCidrBlock, loopbackPorts: [redisPort, busPort], areCopied: replicas > 0 };
  }
  if (replication === undefined) return undefined;
  const { loopbackCidrBlock } = replication;
  return { among: "replicas", loopbackCidrBlock, loopbackPorts: [redisPort, sentinelPort], areCopied: true };
}
