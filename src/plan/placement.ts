import { addressAt } from "./cidr";
import type { SubnetPlan } from "./cachePlan";

/** Where a node is. */
export interface Place<Leaf = unknown> {
  readonly subnet: SubnetPlan<Leaf>;
  readonly privateIp: string;
}

/** AWS keeps a subnet's first four addresses and its last one (VPC User Guide, "Subnet sizing"). */
const firstUsableOffset = 4;

/**
 * Places for so many nodes, spread over the Availability Zones: a zone gets its second node once each has one. The first node is in the
 * first subnet whatever their number, so that it stays where it is when others come.
 */
export function places<Leaf>(subnets: readonly SubnetPlan<Leaf>[], count: number): Place<Leaf>[] {
  const zones = byZone(subnets);
  const used = new Map<SubnetPlan<Leaf>, number>();
  return Array.from({ length: count }, (_, index) => {
    const zone = zones[index % zones.length] ?? [];
    const subnet = zone[Math.floor(index / zones.length) % zone.length];
    if (subnet === undefined) throw new Error("A cache has no subnet.");
    const before = used.get(subnet) ?? 0;
    used.set(subnet, before + 1);
    return { subnet, privateIp: addressAt(subnet.cidrBlock, firstUsableOffset + before) };
  });
}

function byZone<Leaf>(subnets: readonly SubnetPlan<Leaf>[]): SubnetPlan<Leaf>[][] {
  const zones = new Map<string, SubnetPlan<Leaf>[]>();
  for (const subnet of subnets) {
    const others = zones.get(subnet.availabilityZone) ?? [];
    zones.set(subnet.availabilityZone, [...others, subnet]);
  }
  return [...zones.values()];
}
