import { contains, type Cidr } from "./cidr";
import type { CachePlan } from "./cachePlan";

/**
 * The networks of application and bastion hosts that lie outside of the VPC, each once: only a route that the caller adds leads
 * there (VPC Peering Guide, "Update your route tables").
 */
export function outsideNetworks({ flows, vpcCidrBlock }: Pick<CachePlan, "flows" | "vpcCidrBlock">): Cidr[] {
  const callers = flows.flatMap(({ direction, cidrBlocks }) => (direction === "ingress" ? cidrBlocks : []));
  return [...new Set(callers)].filter((cidr) => !contains(vpcCidrBlock, cidr));
}

/** What has to be added for those networks, in words; nothing where there are none. */
export function outsideNetworksWarning(plan: CachePlan): string | undefined {
  const outside = outsideNetworks(plan);
  if (outside.length === 0) return undefined;
  const subnets = plan.subnets.map(({ cidrBlock }) => cidrBlock).join(", ");
  const narrowed = plan.flows.some(
    ({ clientGroups, cidrBlocks }) => clientGroups !== undefined && cidrBlocks.some((cidr) => outside.includes(cidr)),
  );
  return (
    `${outside.join(", ")} of appCidrBlocks or bastionCidrBlocks: outside of vpcCidrBlock (${plan.vpcCidrBlock}). The cache lets them ` +
    "in, and has no route to them. Add one for each of these networks to each table of routeTableIds (aws.ec2.Route), to a peering " +
    `connection, a transit gateway or a VPN gateway. The other side needs a route back to ${subnets}. docs/operating.md has an example.` +
    (narrowed
      ? " Application hosts there are in none of the clients' groups, which alone are let in (clientSecurityGroups)."
      : "")
  );
}
