import { addressAt, type Cidr } from "./cidr";

/**
 * What a node asks of Amazon itself, at addresses where nobody else is: no network ACL and no security group judges it (VPC User
 * Guide, "Network ACL basics"), so the node's own firewall does.
 */
export interface CloudFlow {
  readonly name: "node-to-metadata" | "node-to-dns" | "node-to-time" | "node-to-dhcp";
  readonly protocols: readonly ("tcp" | "udp")[];
  readonly port: number;
  /** The node's own port, where the protocol fixes that: it is answered there by whoever serves, unasked as well. */
  readonly ownPort?: number;
  readonly addresses: readonly string[];
  readonly peer: string;
  readonly reason: string;
}

/** The instance metadata service (EC2 User Guide, "Instance metadata"), of which IPv6's address is refused. */
export const metadataService = { ipv4: "169.254.169.254", ipv6: "fd00:ec2::254" };

/** The link-local services of EC2 (its User Guide), and those of the VPC and the subnet that a node is in. */
export function cloudFlows(vpcCidrBlock: Cidr, subnetCidrBlock: Cidr): CloudFlow[] {
  return [
    {
      name: "node-to-metadata",
      protocols: ["tcp"],
      port: 80,
      addresses: [metadataService.ipv4],
      peer: "instance metadata",
      reason: "Root on the node gets the credentials of its role",
    },
    {
      name: "node-to-dns",
      protocols: ["tcp", "udp"],
      port: 53,
      // The VPC's base address plus two (VPC User Guide, "Amazon DNS server").
      addresses: ["169.254.169.253", addressAt(vpcCidrBlock, 2)],
      peer: "Amazon's resolver",
      reason: "The node finds Secrets Manager and Debian's mirrors by name",
    },
    {
      name: "node-to-time",
      protocols: ["udp"],
      port: 123,
      addresses: ["169.254.169.123"],
      peer: "Amazon Time Sync",
      reason: "The node's clock judges certificates",
    },
    {
      name: "node-to-dhcp",
      protocols: ["udp"],
      port: 67,
      ownPort: 68,
      addresses: [addressAt(subnetCidrBlock, 1)],
      peer: "the subnet's router",
      reason: "The node keeps its address",
    },
  ];
}
