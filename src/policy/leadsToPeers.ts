import { dnsPort, ntpPort, redisPort, sshPort } from "../plan/ports";
import { awsTypes } from "./awsTypes";
import { ofCaches, type StackResource } from "./resource";

/** What connects two networks, by the property of a route that names it; a gateway may also be one to the internet. */
const connecting = ["vpcPeeringConnectionId", "transitGatewayId"];
const vpnGateway = "aws:ec2/vpnGateway:VpnGateway";

/**
 * Whether a route leads to one of the networks that a cache of the stack lets in, or to a server that its nodes ask, by a peering
 * connection, a transit gateway or a VPN gateway: for hosts outside of the VPC (appCidrBlocks, bastionCidrBlocks, dnsServers, timeServers).
 */
export function leadsToPeers(route: StackResource, stack: readonly StackResource[]): boolean {
  const { destinationCidrBlock: network } = route.props;
  return (
    route.type === awsTypes.route &&
    typeof network === "string" &&
    peers(stack).includes(network) &&
    (connecting.some((property) => isGiven(route, property)) || isVpnGateway(route))
  );
}

/** The networks that the network ACLs of caches let call a node, and the servers that they let it ask. */
function peers(stack: readonly StackResource[]): unknown[] {
  const called = (egress: boolean): number[] => (egress ? [dnsPort, ntpPort] : [redisPort, sshPort]);
  return ofCaches(stack, awsTypes.networkAclRule)
    .filter(({ props: { egress, fromPort } }) => called(egress === true).some((port) => fromPort === port))
    .map(({ props }) => props.cidrBlock);
}

/** What the cloud alone fills in has no source when it is not known yet. */
function isGiven({ props, madeFrom }: StackResource, property: string): boolean {
  const value = props[property];
  return typeof value === "string" ? value !== "" : (madeFrom[property] ?? []).length > 0;
}

function isVpnGateway({ props, madeFrom }: StackResource): boolean {
  const { gatewayId } = props;
  if (typeof gatewayId === "string") return gatewayId.startsWith("vgw-");
  const sources = madeFrom.gatewayId ?? [];
  return sources.length > 0 && sources.every(({ type }) => type === vpnGateway);
}
