import { addressAt, contains, covers, hostCidr, lastAddress, overlaps, type Cidr } from "./cidr";

/**
 * Networks of no host that could call or be called through a VPC, and what they are: IANA's IPv4 Special-Purpose Address Registry
 * (RFC 6890) has them as no source, no destination or not forwarded, multicast is RFC 5771's.
 */
const withoutHosts: readonly { readonly cidr: Cidr; readonly what: string }[] = [
  { cidr: "0.0.0.0/8", what: '"this network" (RFC 791, section 3.2)' },
  { cidr: "127.0.0.0/8", what: "the loopback, each host's own (RFC 1122, section 3.2.1.3)" },
  { cidr: "169.254.0.0/16", what: "link-local, which no router forwards (RFC 3927)" },
  { cidr: "224.0.0.0/4", what: "multicast (RFC 5771)" },
  { cidr: "240.0.0.0/4", what: "reserved, with the broadcast address (RFC 1112, section 4)" },
];

/** What a network is of which no part has a host, in words; nothing of any other. */
export function withoutHostsBecause(cidr: Cidr): string | undefined {
  const networks = withoutHosts.map((one) => one.cidr);
  if (!covers(networks, cidr)) return undefined;
  return withoutHosts
    .filter((one) => overlaps(one.cidr, cidr))
    .map(({ what }) => what)
    .join(" and ");
}

/**
 * Whether AWS keeps all of a network's addresses for itself in a network of the VPC: the first four, of which the second is the
 * router's and the third Amazon's resolver's, and the last one, the broadcast address (VPC User Guide, "Subnet CIDR blocks"). They are
 * a subnet's, and a subnet that has the first or last address of the VPC's network begins or ends there.
 */
export function isKeptByAws(vpcNetwork: Cidr, cidr: Cidr): boolean {
  return contains(`${addressAt(vpcNetwork, 0)}/30`, cidr) || cidr === hostCidr(lastAddress(vpcNetwork));
}
