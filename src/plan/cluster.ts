import { createHash } from "node:crypto";
import { serverName } from "./certificates";
import { addressAt, type Cidr } from "./cidr";
import { placeNumber, shardNodeName, type Place, type ShardPlace } from "./placement";
import { regionOfZone } from "./region";
import type { Member } from "./replication";

/** What a cache with shards has beside its nodes (redis.io, "Redis cluster specification"). Left out where there is one shard. */
export interface ClusterPlan {
  /** Where the nodes are on every host's loopback. */
  readonly loopbackCidrBlock: Cidr;
  /** What ids of nodes are made of: they are the SHA-1 of this, a slash and the place, such as `us-east-1/sessions/0-1`. */
  readonly identity: string;
  readonly shards: number;
  /** Of each shard. */
  readonly replicas: number;
  /** All nodes, shard after shard. */
  readonly members: readonly ClusterMember[];
  /** What each shard has when the cluster forms. */
  readonly firstSlots: readonly SlotRange[];
  /** A primary takes writes only while so many replicas follow it. */
  readonly minReplicasToWrite: number;
  /** What the shape leaves open, for the report to name. */
  readonly weaknesses: readonly ClusterWeakness[];
}

/** A node, as every host knows it. */
export interface ClusterMember extends Member, ShardPlace {
  /** By what Redis knows it, in forty hexadecimal digits: a node that is replaced is the same one again. */
  readonly nodeId: string;
}

/** Slots, both ends included. */
export interface SlotRange {
  readonly fromSlot: number;
  readonly toSlot: number;
}

export type ClusterWeakness =
  /** So few zones that in one of them half of the primaries are, or more. */
  | { readonly of: "zones"; readonly zones: readonly string[] }
  /** Where a primary is away, nobody takes over. */
  | { readonly of: "replicas" }
  /** While this zone is away, no majority of the primaries is left, and nobody takes over in any. */
  | { readonly of: "primaries"; readonly zone: string; readonly primaries: number };

/** How many shards a cache can have, besides one: of two, the primary that is left when one is away would be no majority. */
export const shardRange = { least: 3, most: 100 } as const;

/** Room for all the places of a hundred shards, so that it stays however many there are. */
export const defaultClusterLoopbackCidrBlock = "127.82.0.0/22";

/** What Redis Cluster puts keys into, by their names (redis.io, "Redis cluster specification", "Key distribution model"). */
export const slotCount = 16_384;

/** What the nodes of shards keep to, beside what nodes with replicas do. */
export const clusterRules = {
  /**
   * A node that is silent for so long is taken for away (redis.conf, "cluster-node-timeout"), as the first Sentinel takes a primary. A
   * primary that hears no majority for as long stops by itself.
   */
  nodeTimeoutMs: 2000,
  /**
   * How long a replica was cut off keeps none from taking over (redis.conf, "cluster-replica-validity-factor"): an old copy is more than
   * an empty shard.
   */
  replicaValidityFactor: 0,
  /** Replicas stay with their shard, whose zones the plan chose (redis.conf, "cluster-allow-replica-migration"). */
  allowsReplicaMigration: false,
  /** A shard that is away stops no other (redis.conf, "cluster-require-full-coverage"). */
  requiresFullCoverage: false,
  /** Who hears of no cluster for so long begins one as it was planned: longer than the others take to replace who is away, were it by a second vote. */
  formsAfterMs: 15_000,
} as const;

/** A primary whose only replica is away would stop its shard, and so would that replica once it has taken over. */
const leastReplicasToWait = 2;

interface Zoned {
  readonly availabilityZone: string;
  readonly cidrBlock: Cidr;
}

type Placed = Place<Zoned> & ShardPlace;

/** Decides how nodes of shards find each other, and who begins with what. */
export function planCluster(
  cache: string,
  given: { readonly shards: number; readonly replicas: number; readonly loopbackCidrBlock: Cidr },
  places: readonly Placed[],
): ClusterPlan {
  const { shards, replicas, loopbackCidrBlock } = given;
  const identity = `${regionOfZone(places[0]?.subnet.availabilityZone ?? "")}/${cache}`;
  return {
    loopbackCidrBlock,
    identity,
    shards,
    replicas,
    members: places.map((place) => member(cache, identity, place, loopbackCidrBlock)),
    firstSlots: firstSlots(shards),
    minReplicasToWrite: replicas >= leastReplicasToWait ? 1 : 0,
    weaknesses: weaknesses(places, replicas),
  };
}

/** As even as can be: no shard begins with more than one slot more than another. */
export function firstSlots(shards: number): SlotRange[] {
  const first = (shard: number): number => Math.floor((slotCount * shard) / shards);
  return Array.from({ length: shards }, (_, shard) => ({ fromSlot: first(shard), toSlot: first(shard + 1) - 1 }));
}

function member(
  cache: string,
  identity: string,
  { shard, replica, privateIp }: Placed,
  loopbackCidrBlock: Cidr,
): ClusterMember {
  const place = { shard, replica };
  const name = shardNodeName(cache, place);
  return {
    ...place,
    name,
    privateIp,
    loopbackAddress: addressAt(loopbackCidrBlock, placeNumber(place) + 1),
    serverName: serverName(cache, name),
    nodeId: nodeId(`${identity}/${shard}-${replica}`),
  };
}

/** No secret: who may speak to a node, certificates decide. Redis wants forty digits (redis.io, "Redis cluster specification", "Nodes' ids"). */
function nodeId(identity: string): string {
  return createHash("sha1").update(identity).digest("hex");
}

function weaknesses(places: readonly Placed[], replicas: number): ClusterWeakness[] {
  const zones = [...new Set(places.map(({ subnet }) => subnet.availabilityZone))];
  const primaries = places.filter(({ replica }) => replica === 0);
  const halves = zones.flatMap((zone): ClusterWeakness[] => {
    const inZone = primaries.filter(({ subnet }) => subnet.availabilityZone === zone).length;
    return 2 * inZone < primaries.length ? [] : [{ of: "primaries", zone, primaries: inZone }];
  });
  return [
    ...(zones.length < 3 ? [{ of: "zones", zones } as const] : []),
    ...(replicas === 0 ? [{ of: "replicas" } as const] : []),
    ...halves,
  ];
}
