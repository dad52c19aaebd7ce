import { addressAt, prefixLength, type Cidr } from "./cidr";
import { replicaRange } from "./replication";

interface Subnet {
  readonly availabilityZone: string;
  readonly cidrBlock: Cidr;
}

/** Where a node is. */
export interface Place<One extends Subnet> {
  readonly subnet: One;
  readonly privateIp: string;
}

/** Which of a shard's nodes: with number 0 is the one that leads it as the cache is planned, and the others follow. */
export interface ShardPlace {
  readonly shard: number;
  readonly replica: number;
}

/** Of every shard, whatever `replicas`, so that neither more shards nor more replicas move a node. */
export const placesPerShard = replicaRange.most + 1;

/** AWS keeps a subnet's first four addresses and its last one (VPC User Guide, "Subnet sizing"). */
const firstUsableOffset = 4;

/**
 * Places for so many nodes, spread over the Availability Zones: a zone gets its second node once each has one. The first node is in the
 * first subnet whatever their number, so that it stays where it is when others come.
 */
export function places<One extends Subnet>(subnets: readonly One[], count: number): Place<One>[] {
  const zones = byZone(subnets);
  const used = new Map<One, number>();
  return Array.from({ length: count }, (_, index) => {
    const zone = zones[index % zones.length] ?? [];
    const subnet = zone[Math.floor(index / zones.length) % zone.length];
    if (subnet === undefined) throw new Error("A cache has no subnet.");
    const before = used.get(subnet) ?? 0;
    used.set(subnet, before + 1);
    return { subnet, privateIp: addressAt(subnet.cidrBlock, firstUsableOffset + before) };
  });
}

/**
 * Places for the nodes of so many shards, shard after shard. Where there are two Availability Zones or more, none of a shard's replicas
 * is in the zone of the node that leads it.
 */
export function shardPlaces<One extends Subnet>(
  subnets: readonly One[],
  shards: number,
  replicas: number,
): (Place<One> & ShardPlace)[] {
  const zones = byZone(subnets);
  return everyPlace(shards, replicas).map((place) => {
    const { zone, position } = spotOf(place, zones.length);
    return { ...place, ...placeAt(zones[zone] ?? [], position) };
  });
}

/** What a node of a shard is called. */
export function shardNodeName(cache: string, { shard, replica }: ShardPlace): string {
  return `${cache}-${shard}-${replica}`;
}

/** The number of a place among all that there can be. */
export function placeNumber({ shard, replica }: ShardPlace): number {
  return shard * placesPerShard + replica;
}

/** The networks that nodes are in. Those of shards may come into any subnet: so one shard more changes no firewall. */
export function nodeNetworks(given: {
  readonly subnets: readonly Subnet[];
  readonly shards?: number;
  readonly replicas?: number;
}): Cidr[] {
  const { subnets, shards = 1, replicas = 0 } = given;
  const inhabited = shards > 1 ? subnets : places(subnets, replicas + 1).map(({ subnet }) => subnet);
  return [...new Set(inhabited.map(({ cidrBlock }) => cidrBlock))];
}

/** How many nodes a subnet has room for. */
export function roomIn(cidrBlock: Cidr): number {
  return 2 ** (32 - prefixLength(cidrBlock)) - firstUsableOffset - 1;
}

/** A zone's subnets, and how many addresses it needs of them: up to the last one that a node of these shards has. */
export function zoneNeeds<One extends Subnet>(
  subnets: readonly One[],
  shards: number,
  replicas: number,
): { readonly subnets: readonly One[]; readonly needed: number }[] {
  const zones = byZone(subnets);
  const spots = everyPlace(shards, replicas).map((place) => spotOf(place, zones.length));
  return zones.map((zone, index) => {
    const positions = spots.filter((spot) => spot.zone === index).map(({ position }) => position + 1);
    return { subnets: zone, needed: Math.max(0, ...positions) };
  });
}

function everyPlace(shards: number, replicas: number): ShardPlace[] {
  return upTo(shards).flatMap((shard) => upTo(replicas + 1).map((replica) => ({ shard, replica })));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Which zone, and which place in it: of those that every shard keeps there, or may keep where another leads. */
function spotOf(place: ShardPlace, zones: number): { readonly zone: number; readonly position: number } {
  if (zones === 1) return { zone: 0, position: placeNumber(place) };
  const { shard, replica } = place;
  const others = zones - 1;
  const kept = shard * Math.ceil(replicaRange.most / others);
  if (replica === 0) return { zone: shard % zones, position: kept };
  const follower = replica - 1;
  return { zone: (shard + 1 + (follower % others)) % zones, position: kept + Math.floor(follower / others) };
}

/**
 * A zone's first subnet is filled before its second, so that one more at the end of the list moves no node. Nodes of shards are at the
 * last addresses, and others at the first: where a cache gets shards, both are there for a while.
 */
function placeAt<One extends Subnet>(subnets: readonly One[], position: number): Place<One> {
  let left = position;
  for (const subnet of subnets) {
    const room = roomIn(subnet.cidrBlock);
    if (left < room) return { subnet, privateIp: addressAt(subnet.cidrBlock, firstUsableOffset + room - 1 - left) };
    left -= room;
  }
  throw new Error("A zone of the cache's has too few addresses.");
}

function byZone<One extends Subnet>(subnets: readonly One[]): One[][] {
  const zones = new Map<string, One[]>();
  for (const subnet of subnets) {
    const others = zones.get(subnet.availabilityZone) ?? [];
    zones.set(subnet.availabilityZone, [...others, subnet]);
  }
  return [...zones.values()];
}
