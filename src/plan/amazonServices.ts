import { addressAt, hostCidr, type Cidr } from "./cidr";
import { hostFirewallAlone, type Flow } from "./flow";

/** The instance metadata service (EC2 User Guide, "Instance metadata"), of which IPv6's address is refused. */
export const metadataService = { ipv4: "169.254.169.254", ipv6: "fd00:ec2::254" };

/** What a node asks of Amazon itself: the link-local services of EC2 (its User Guide), and those of the VPC and its subnets. */
export function amazonFlows<Leaf>(vpcCidrBlock: Cidr, subnetCidrBlocks: readonly Cidr[]): Flow<Leaf>[] {
  const amazon = { direction: "egress", judges: hostFirewallAlone, securityGroups: [] } as const;
  return [
    {
      ...amazon,
      name: "node-to-metadata",
      protocols: ["tcp"],
      service: "http",
      port: 80,
      peer: "instance metadata",
      cidrBlocks: [hostCidr(metadataService.ipv4)],
      reason: "Root on the node gets the credentials of its role",
    },
    {
      ...amazon,
      name: "node-to-dns",
      protocols: ["tcp", "udp"],
      service: "domain",
      port: 53,
      peer: "Amazon's resolver",
      // The VPC's base address plus two (VPC User Guide, "Amazon DNS server").
      cidrBlocks: [hostCidr("169.254.169.253"), hostCidr(addressAt(vpcCidrBlock, 2))],
      reason: "The node finds Secrets Manager and Debian's mirrors by name",
    },
    {
      ...amazon,
      name: "node-to-time",
      protocols: ["udp"],
      service: "ntp",
      port: 123,
      peer: "Amazon Time Sync",
      cidrBlocks: [hostCidr("169.254.169.123")],
      reason: "The node's clock judges certificates",
    },
    {
      ...amazon,
      name: "node-to-dhcp",
      protocols: ["udp"],
      service: "bootps",
      port: 67,
      ownPort: 68,
      peer: "the subnet's router",
      cidrBlocks: subnetCidrBlocks.map((subnet) => hostCidr(addressAt(subnet, 1))),
      reason: "The node keeps its address",
    },
  ];
}
