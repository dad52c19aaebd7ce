import { addressAt, type Cidr } from "./cidr";

interface Subnet {
  readonly availabilityZone: string;
  readonly cidrBlock: Cidr;
}

/** Where a node is. */
export interface Place<One extends Subnet> {
  readonly subnet: One;
  readonly privateIp: string;
}

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

function byZone<One extends Subnet>(subnets: readonly One[]): One[][] {
  const zones = new Map<string, One[]>();
  for (const subnet of subnets) {
    const others = zones.get(subnet.availabilityZone) ?? [];
    zones.set(subnet.availabilityZone, [...others, subnet]);
  }
  return [...zones.values()];
}
