import { addressAt, type Cidr } from "./cidr";
import type { CertificatePlan } from "./certificates";

/** What a cache with replicas has beside its nodes. Left out where there is one node. */
export interface ReplicationPlan {
  /** Where the nodes are on every host's loopback. */
  readonly loopbackCidrBlock: Cidr;
  /** All nodes, in their order. */
  readonly members: readonly Member[];
  /** How many Sentinels have to agree that the primary is away, and on who fails over: their majority. */
  readonly quorum: number;
}

/** A node, as every host knows it. */
export interface Member {
  readonly name: string;
  readonly privateIp: string;
  /** On the node itself Redis and Sentinel, on every other host the near end of the tunnel to them. */
  readonly loopbackAddress: string;
  /** The name in the node's certificate. */
  readonly serverName: string;
  /** After how long its Sentinel takes a silent primary for away; nodes without it have no Sentinel. */
  readonly downAfterMs?: number;
}

/** A node with a Sentinel. */
export type SentinelMember = Required<Member>;

/** How many replicas a cache can have, besides none: with one, no majority would be left when a node is away. */
export const replicaRange = { least: 2, most: 5 } as const;

/** In the loopback's network, apart from what Debian and its resolver use of it (127.0.0.1, 127.0.0.53, 127.0.1.1). */
export const defaultLoopbackCidrBlock = "127.82.0.0/24";

/** What Sentinel calls the nodes of a cache together. */
export const replicationName = "main";

/** What nodes keep to (redis.conf; sentinel.conf). */
export const replicationRules = {
  /** A primary takes writes only while so many replicas have told it, so lately, that they follow. */
  minReplicasToWrite: 1,
  minReplicasMaxLagSeconds: 3,
  /** A replica that was away for as long as this takes to fill with writes gets them, and no whole copy. */
  backlogBytes: 64 * 1024 ** 2,
  /** A failover that has not come to an end is tried again after twice this. */
  failoverTimeoutMs: 2000,
  /** How often a Sentinel looks at what each node is (redis.io, "High availability with Redis Sentinel", SENTINEL DEBUG). */
  infoPeriodMs: 1000,
} as const;

/** Sentinels with the same timer split their votes: each waits longer than the one before. */
const downAfter = { firstMs: 2000, stepMs: 400 };

/** An odd number, so that one more that is away leaves a majority: on the first nodes, which are in as many zones as there are. */
function sentinelCount(nodes: number): number {
  return nodes < 5 ? 3 : 5;
}

interface PlacedNode {
  readonly name: string;
  readonly privateIp: string;
  readonly certificate: CertificatePlan;
}

/** Decides how nodes find each other. */
export function planReplication(nodes: readonly PlacedNode[], loopbackCidrBlock: Cidr): ReplicationPlan {
  const count = sentinelCount(nodes.length);
  return {
    loopbackCidrBlock,
    members: nodes.map(({ name, privateIp, certificate }, index) => ({
      name,
      privateIp,
      loopbackAddress: addressAt(loopbackCidrBlock, index + 1),
      serverName: certificate.dnsName,
      ...(index < count ? { downAfterMs: downAfter.firstMs + index * downAfter.stepMs } : {}),
    })),
    quorum: Math.floor(count / 2) + 1,
  };
}

/** The nodes with a Sentinel. */
export function sentinelsOf({ members }: Pick<ReplicationPlan, "members">): SentinelMember[] {
  return members.filter((member): member is SentinelMember => member.downAfterMs !== undefined);
}

/** A node among the others, and the others. */
export function memberAndPeers<One extends Member>(
  { members }: { readonly members: readonly One[] },
  name: string,
): { readonly member: One; readonly peers: readonly One[] } {
  const member = members.find((one) => one.name === name);
  if (member === undefined) throw new Error(`${name} is no node of this cache.`);
  return { member, peers: members.filter((one) => one !== member) };
}
