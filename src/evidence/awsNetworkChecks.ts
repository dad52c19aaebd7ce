import type { Flow } from "../plan/flow";
import type { NetworkAclEntry } from "../plan/networkAcl";
import { inAws, literally, type Check } from "./check";
import type { Subject } from "./control";

/**
 * What AWS says of a cache's network, each thing with what it belongs to: where something was taken away, something is missing,
 * and where something was put in its place or beside it, something else is there.
 */

/** Routes by their targets, whatever kind these are of; those within the VPC are always there. */
export function routesCheck({ plan, deployed }: Subject): Check {
  const target = `to_entries | map(select(.key | IN("State", "Origin") or startswith("Destination") | not) | .value) | join(" ")`;
  const route = `"\\(.DestinationCidrBlock // .DestinationIpv6CidrBlock // .DestinationPrefixListId) \\(${target})"`;
  const routes = `[(.Routes[] | select(.GatewayId != "local") | ${route}), (.PropagatingVgws[]? | "propagated \\(.GatewayId)")]`;
  const table = `.RouteTables[] | (${routes} | sort | join(", ")) as $routes | .Associations[] | "\\(.SubnetId // "main"): \\($routes)"`;
  return inAws(
    "each subnet of the cache has the planned routes and no other",
    `aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=${commas(deployed)} --output json | jq --raw-output '[${table}] | sort | join("; ")'`,
    exactly(
      deployed.subnets.map(({ id, name }) => {
        const natGatewayId = plan.subnets.find((subnet) => subnet.name === name)?.natGatewayId;
        return `${id}: ${natGatewayId === undefined ? "" : `0.0.0.0/0 ${natGatewayId}`}`;
      }),
      "; ",
    ),
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
        .map(({ protocol, fromPort, toPort, peer: planned }) => {
          const who = "cidrBlock" in planned ? planned.cidrBlock : planned.securityGroupId;
          return `${protocol} ${fromPort}-${toPort} ${who}`;
        }),
    ),
  );
}

/** That one ACL holds all subnets of the cache and no other, with the planned entries alone. */
export function networkAclCheck({ plan, deployed }: Subject): Check {
  const entry = `"\\(if .Egress then "out" else "in" end) \\(.CidrBlock // .Ipv6CidrBlock) \\(.Protocol) \\(.PortRange.From // .IcmpTypeCode.Type)-\\(.PortRange.To // .IcmpTypeCode.Code)"`;
  const entries = `[.Entries[] | select(.RuleAction == "allow") | ${entry}] | sort | join(", ")`;
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

function exactly(lines: readonly string[], separator = ", "): string {
  return `^${literally(sorted(lines).join(separator))}$`;
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort();
}

function commas({ subnets }: Subject["deployed"]): string {
  return subnets.map(({ id }) => id).join(",");
}
