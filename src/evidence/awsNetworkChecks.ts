import { hostCidr } from "../plan/cidr";
import type { Flow } from "../plan/flow";
import type { SecurityGroupRule } from "../plan/securityGroup";
import type { NetworkAclEntry } from "../plan/networkAcl";
import { outsideNetworks } from "../plan/outsideNetworks";
import { inAws, literally, type Check } from "./check";
import type { Subject } from "./control";
import { clientGroupId } from "./flowsInWords";

/**
 * What AWS says of a cache's network, each thing with what it belongs to: where something was taken away, something is missing,
 * and where something was put in its place or beside it, something else is there.
 */

/**
 * Routes by their targets, whatever kind these are of; those within the VPC are always there. The caller's own lead to the networks
 * outside of it that are let in, each by what connects two networks and not by a machine or the internet.
 */
export function routesCheck({ plan, deployed }: Subject): Check {
  const target = `to_entries | map(select(.key | IN("State", "Origin") or startswith("Destination") | not) | .value) | join(" ")`;
  const route = `"\\(.DestinationCidrBlock // .DestinationIpv6CidrBlock // .DestinationPrefixListId) \\(${target})"`;
  const routes = `[(.Routes[] | select(.GatewayId != "local") | ${route}), (.PropagatingVgws[]? | "propagated \\(.GatewayId)")]`;
  const table = `.RouteTables[] | (${routes} | sort | join(", ")) as $routes | .Associations[] | "\\(.SubnetId // "main"): \\($routes)"`;
  return inAws(
    "each subnet of the cache has the planned routes and no other",
    `aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=${commas(deployed)} --output json | jq --raw-output '[${table}] | sort | join("; ")'`,
    `^${plannedRoutes(plan, deployed).join("; ")}$`,
  );
}

/** A subnet's routes as an expression, sorted by their networks, as the command prints them. */
function plannedRoutes(plan: Subject["plan"], deployed: Subject["deployed"]): string[] {
  const outside = outsideNetworks(plan).map((cidr) => [cidr, "(pcx|tgw|vgw)-[0-9a-f]+"] as const);
  return [...deployed.subnets]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, name }) => {
      const natGatewayId = plan.subnets.find((subnet) => subnet.name === name)?.natGatewayId;
      const out = natGatewayId === undefined ? [] : [["0.0.0.0/0", literally(natGatewayId)] as const];
      const routes = sorted([...out, ...outside].map(([cidr, target]) => `${literally(cidr)} ${target}`));
      return `${literally(id)}: ${routes.join(", ")}`;
    });
}

/** A subnet that was put in the place of another, or that is no more what it was, and how it gives addresses. */
export function subnetsAsPlannedCheck({ plan, deployed }: Subject): Check {
  const parts = [
    ".SubnetId",
    ".VpcId",
    ".CidrBlock",
    ".AvailabilityZone",
    '(if .MapPublicIpOnLaunch then "public" else empty end)',
    "(.Ipv6CidrBlockAssociationSet[]?.Ipv6CidrBlock)",
  ];
  const planned = deployed.subnets.flatMap(({ id, name }) =>
    plan.subnets
      .filter((subnet) => subnet.name === name)
      .map(({ cidrBlock, availabilityZone }) => [id, deployed.vpcId, cidrBlock, availabilityZone].join(" ")),
  );
  return inAws(
    "each subnet of the cache is where it was planned, and gives no public address and none of IPv6",
    `aws ec2 describe-subnets --subnet-ids ${deployed.subnets.map(({ id }) => id).join(" ")} --output json | jq --raw-output '[.Subnets[] | [${parts.join(", ")}] | join(" ")] | sort | join(", ")'`,
    exactly(planned),
  );
}

/** Whatever has an address there has an interface: instances, endpoints, functions, load balancers. */
export function subnetsCheck({ deployed }: Subject): Check {
  return inAws(
    "the cache's subnets hold its nodes and nothing else",
    `aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=${commas(deployed)} --query 'NetworkInterfaces[].PrivateIpAddress' --output json | jq --raw-output 'sort | join(", ")'`,
    exactly(deployed.nodes.map(({ privateIp }) => privateIp)),
  );
}

/** One address, in one group, and no public one. */
export function interfaceChecks({ deployed }: Subject): Check[] {
  const parts = [
    ".Groups[].GroupId",
    "(.PrivateIpAddresses[] | .PrivateIpAddress, (.Association.PublicIp // empty))",
    ".Ipv6Addresses[]?.Ipv6Address",
    "(.Ipv4Prefixes[]?, .Ipv6Prefixes[]? | .[])",
  ];
  return deployed.nodes.map(({ name, instanceId, privateIp }) =>
    inAws(
      `${name} has one interface, with its address and the cache's security group alone`,
      `aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].NetworkInterfaces[]' --output json | jq --raw-output '[.[] | [${parts.join(", ")}] | join(" ")] | join("; ")'`,
      exactly([`${deployed.securityGroupId} ${privateIp}`]),
    ),
  );
}

/** That a direction has the planned rules, each with its port and peer, and no other. */
export function securityGroupCheck(shows: string, direction: Flow["direction"], { plan, deployed }: Subject): Check {
  const ours = direction === "egress" ? ".IsEgress" : ".IsEgress | not";
  const peer = ".CidrIpv4 // .CidrIpv6 // .ReferencedGroupInfo.GroupId // .PrefixListId";
  return inAws(
    shows,
    `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${deployed.securityGroupId} --output json | jq --raw-output '[.SecurityGroupRules[] | select(${ours}) | "\\(.IpProtocol) \\(.FromPort)-\\(.ToPort) \\(${peer})"] | sort | join(", ")'`,
    exactly(
      plan.securityGroupRules
        .filter(({ flow }) => flow.direction === direction)
        .map(
          ({ protocol, fromPort, toPort, peer: planned }) =>
            `${protocol} ${fromPort}-${toPort} ${peerOf(planned, deployed)}`,
        ),
    ),
  );
}

function peerOf(peer: SecurityGroupRule<string>["peer"], { clients, securityGroupId }: Subject["deployed"]): string {
  if ("cidrBlock" in peer) return peer.cidrBlock;
  if ("address" in peer) return hostCidr(peer.address);
  if ("ownGroup" in peer) return securityGroupId;
  return "clientGroup" in peer ? clientGroupId(clients, peer.clientGroup) : peer.securityGroupId;
}

/**
 * That one ACL holds all subnets of the cache and no other, with the planned entries alone. Those of a number above 32766 are AWS's own, which
 * deny the rest (VPC User Guide, "Network ACL rules").
 */
export function networkAclCheck({ plan, deployed }: Subject): Check {
  const entry = `"\\(if .RuleAction == "allow" then "" else "no " end)\\(if .Egress then "out" else "in" end) \\(.CidrBlock // .Ipv6CidrBlock) \\(.Protocol) \\(.PortRange.From // .IcmpTypeCode.Type)-\\(.PortRange.To // .IcmpTypeCode.Code)"`;
  const entries = `[.Entries[] | select(.RuleNumber < 32767) | ${entry}] | sort | join(", ")`;
  return inAws(
    "the network ACL has the planned entries and no other",
    `aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=${commas(deployed)} --output json | jq --raw-output '[.NetworkAcls[] | "\\([.Associations[].SubnetId] | sort | join(" ")): \\(${entries})"] | join("; ")'`,
    `^${literally(`${sorted(deployed.subnets.map(({ id }) => id)).join(" ")}: ${sorted(plan.networkAclEntries.map(aclEntry)).join(", ")}`)}$`,
  );
}

function aclEntry({ egress, cidrBlock, protocol, fromPort, toPort }: NetworkAclEntry): string {
  return `${egress ? "out" : "in"} ${cidrBlock} ${protocolNumbers[protocol]} ${fromPort}-${toPort}`;
}

/** As a network ACL names them (IANA, "Protocol Numbers"). */
const protocolNumbers = { icmp: 1, tcp: 6, udp: 17 } as const satisfies Record<NetworkAclEntry["protocol"], number>;

function exactly(lines: readonly string[]): string {
  return `^${literally(sorted(lines).join(", "))}$`;
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort();
}

function commas({ subnets }: Subject["deployed"]): string {
  return subnets.map(({ id }) => id).join(",");
}
