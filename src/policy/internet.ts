import { Address4, Address6 } from "ip-address";
import { cidrFault, isPrivate } from "../plan/cidr";

/**
 * A network that only the internet can be: everything, or a part of it that is larger than any network of one's own, such as
 * one of the two halves `0.0.0.0/1` and `128.0.0.0/1`. Private IPv4 is a /8 at most (RFC 1918); in IPv6 unique local
 * addresses are one's own (RFC 4193), and the registries themselves have /12 (IANA).
 */
export function isInternet(cidrBlock: unknown): boolean {
  if (typeof cidrBlock !== "string") return false;
  const prefixLength = Number(/\/(\d+)$/.exec(cidrBlock)?.[1] ?? Number.POSITIVE_INFINITY);
  if (prefixLength === 0) return true;
  if (!cidrBlock.includes(":")) return prefixLength < 8;
  return prefixLength <= 12 && !isUniqueLocal(cidrBlock);
}

/** Whether some networks are the internet, one of them alone or all together: what no single network of one's own can be. */
export function addUpToInternet(cidrBlocks: readonly unknown[]): boolean {
  if (cidrBlocks.some(isInternet)) return true;
  const texts = cidrBlocks.filter((one) => typeof one === "string");
  const v4 = texts.filter((one) => cidrFault(one) === undefined && !isPrivate(one));
  const v6 = texts.filter((one) => Address6.isValid(one) && one.includes("/") && !isUniqueLocal(one));
  return (
    addresses(v4.map((one) => new Address4(one))) > 2n ** 24n ||
    addresses(v6.map((one) => new Address6(one))) > 2n ** 115n
  );
}

function isUniqueLocal(ipv6CidrBlock: string): boolean {
  return /^f[cd]/i.test(ipv6CidrBlock);
}

/** How many different ones are in some networks. */
function addresses(networks: readonly (Address4 | Address6)[]): bigint {
  const ranges = networks
    .map((network) => ({ first: network.startAddress().bigInt(), last: network.endAddress().bigInt() }))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  let [count, next] = [0n, 0n];
  for (const { first, last } of ranges) {
    const from = first > next ? first : next;
    if (last >= from) [count, next] = [count + last - from + 1n, last + 1n];
  }
  return count;
}
