import type { Flow, IcmpFlow } from "./flow";
import { outsideOf } from "./vpcNetworks";

/** ICMP's "fragmentation needed and DF set" (RFC 792). */
const fragmentationNeeded = { type: 3, code: 4 };

/**
 * Within a VPC every link takes packets of the same size. On the way to a network outside of it one may take smaller ones; without
 * this error what is larger is lost, while handshakes pass (RFC 1191; VPC User Guide, "Path MTU Discovery"). It comes from a router,
 * whose address nobody knows beforehand.
 */
export function pathMtuFlows<Leaf>(vpc: Parameters<typeof outsideOf>[0], flows: readonly Flow<Leaf>[]): Flow<Leaf>[] {
  if (outsideOf(vpc, flows).length === 0) return [];
  return [fromRouters("routers-to-node", ["networkAcl", "securityGroup"])];
}

/** What routers say to a host of these firewalls. */
export function fromRouters(name: string, judges: IcmpFlow["judges"]): IcmpFlow<never> {
  return {
    name,
    direction: "ingress",
    judges,
    protocols: ["icmp"],
    icmp: fragmentationNeeded,
    peer: "Routers on the way",
    cidrBlocks: ["0.0.0.0/0"],
    securityGroups: [],
    reason: "Routers on the way to networks outside of the VPC say how large a packet may be",
  };
}
