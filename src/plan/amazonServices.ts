import { addressAt, hostCidr, type Cidr } from "./cidr";
import { hostFirewallAlone, type Flow } from "./flow";

/** The instance metadata service (EC2 User Guide, "Instance metadata"), of which IPv6's address is refused. */
export const metadataService = { ipv4: "169.254.169.254", ipv6: "fd00:ec2::254" };

/** Amazon Time Sync (EC2 User Guide, "Set the time reference"). */
export const amazonTime = "169.254.169.123";

/** Amazon's resolver, link-local and at the base of the VPC's primary network plus two (VPC User Guide, "Amazon DNS server"). */
export function amazonResolvers(vpcCidrBlock: Cidr): string[] {
  return ["169.254.169.253", addressAt(vpcCidrBlock, 2)];
}

/** What every node asks of Amazon, whatever else is given. */
export function toMetadata<Leaf>(): Flow<Leaf> {
  return {
    name: "node-to-metadata",
    direction: "egress",
    judges: hostFirewallAlone,
    protocols: ["tcp"],
    service: "http",
    port: 80,
    peer: "instance metadata",
    cidrBlocks: [hostCidr(metadataService.ipv4)],
    securityGroups: [],
    reason: "Root on the node gets the credentials of its role",
  };
}

/** The router of a subnet, which answers DHCP, has its base address plus one (VPC User Guide, "Subnet sizing"). */
export function toDhcp<Leaf>(subnetCidrBlocks: readonly Cidr[]): Flow<Leaf> {
  return {
    name: "node-to-dhcp",
    direction: "egress",
    judges: hostFirewallAlone,
    protocols: ["udp"],
    service: "bootps",
    port: 67,
    ownPort: 68,
    peer: "the subnet's router",
    cidrBlocks: subnetCidrBlocks.map((subnet) => hostCidr(addressAt(subnet, 1))),
    securityGroups: [],
    reason: "The node keeps its address",
  };
}
