import type { CachePlan } from "./cachePlan";
import { contains, isOffInternet, type Cidr } from "./cidr";
import { hasPort, inDirection, isJudgedByHostAlone, ofService } from "./flow";
import { outsideOf, vpcNetworks } from "./vpcNetworks";

/**
 * The networks outside of the VPC that only a route which the caller adds leads to (VPC Peering Guide, "Update your route tables"), each
 * once: those of application and bastion hosts, and the resolvers and time servers that are in none of these and that no NAT gateway
 * reaches.
 */
export function outsideNetworks(plan: CachePlan): Cidr[] {
  const { flows } = plan;
  const callers = outsideOf(plan, inDirection("ingress", flows.filter(hasPort)));
  const servers = [...ofService("domain", flows), ...ofService("ntp", flows)];
  const asked = outsideOf(
    plan,
    servers.filter((flow) => !isJudgedByHostAlone(flow)),
  );
  return [
    ...callers,
    ...asked.filter((server) => isOffInternet(server) && !callers.some((network) => contains(network, server))),
  ];
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
    `${outside.join(", ")} of appCidrBlocks, bastionCidrBlocks, dnsServers or timeServers: outside of the VPC ` +
    `(${vpcNetworks(plan).join(", ")}). The firewalls let this traffic pass, but the cache has no route there. Add one for each of these ` +
    "networks to each table of routeTableIds (aws.ec2.Route), to a peering connection, a transit gateway or a VPN gateway. The other " +
    `side needs a route back to ${subnets}. docs/operating.md has an example.` +
    (narrowed
      ? " Application hosts there are in none of the clients' groups, which alone are let in (clientSecurityGroups)."
      : "")
  );
}
