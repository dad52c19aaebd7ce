import { Address4 } from "ip-address";

/** An IPv4 network in CIDR notation that has been checked: no host bits are set. */
export type Cidr = string;

const strictCidr = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/** Why a text is no IPv4 network, or nothing when it is one. */
export function cidrFault(text: unknown): string | undefined {
  if (typeof text !== "string" || !strictCidr.test(text) || !Address4.isValid(text)) {
    return 'Give an IPv4 network in CIDR notation, such as "10.0.100.0/28".';
  }
  const network = networkOf(text);
  if (text !== network) return `It has bits set beyond its prefix: write "${network}".`;
  return undefined;
}

const strictAddress = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/** Whether a value is an IPv4 address, in the form in which it is written everywhere. */
export function isAddress(value: unknown): value is string {
  return typeof value === "string" && strictAddress.test(value) && Address4.isValid(value);
}

/** Whether an address or network is link-local (RFC 3927): in a VPC nobody but Amazon is there. */
export function isLinkLocal(cidr: Cidr): boolean {
  return contains("169.254.0.0/16", cidr);
}

/** The prefix length, 0 to 32. */
export function prefixLength(cidr: Cidr): number {
  return new Address4(cidr).subnetMask;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  const [o, i] = [new Address4(outer), new Address4(inner)];
  return o.subnetMask <= i.subnetMask && i.isInSubnet(o);
}

/** Whether every address of a network is in one of several, of which none has to hold all of it. */
export function covers(networks: readonly Cidr[], cidr: Cidr): boolean {
  if (networks.some((network) => contains(network, cidr))) return true;
  if (!networks.some((network) => contains(cidr, network))) return false;
  const half = prefixLength(cidr) + 1;
  return [0, 1].every((index) => covers(networks, subnetAt(cidr, half, index)));
}

/** Whether two networks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a);
}

/** Whether all of a network is in a private range (RFC 1918). */
export function isPrivate(cidr: Cidr): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => contains(range, cidr));
}

/** Whether it is nowhere on the internet: in a private range, or in the shared one (RFC 6598), which a VPC may have as well. */
export function isOffInternet(cidr: Cidr): boolean {
  return isPrivate(cidr) || contains("100.64.0.0/10", cidr);
}

/** The address at an offset from the network's first one. */
export function addressAt(cidr: Cidr, offset: number): string {
  return new Address4(cidr).startAddress().offset(offset).correctForm();
}

/** The network's last address. */
export function lastAddress(cidr: Cidr): string {
  return new Address4(cidr).endAddress().correctForm();
}

/** The network that is one address. */
export function hostCidr(address: string): Cidr {
  return `${address}/32`;
}

/** The address of a network that is one address, and of each other network itself. */
export function withoutHostPrefix(cidr: Cidr): string {
  return cidr.replace(/\/32$/, "");
}

/** The network of a given prefix length at an index inside a larger one. */
export function subnetAt(cidr: Cidr, prefix: number, index: number): Cidr {
  return `${addressAt(cidr, index * 2 ** (32 - prefix))}/${prefix}`;
}

function networkOf(text: string): Cidr {
  const address = new Address4(text);
  return `${address.startAddress().correctForm()}/${address.subnetMask}`;
}
