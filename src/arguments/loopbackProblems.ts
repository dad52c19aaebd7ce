import { cidrFault, contains, overlaps, prefixLength, type Cidr } from "../plan/cidr";
import { shardRange } from "../plan/cluster";
import { placesPerShard } from "../plan/placement";
import type { CacheArguments } from "./cacheArguments";
import type { Check } from "./check";
import { quoted, type Problem } from "./problems";

/** What Debian and its resolver use of the loopback: 127.0.0.1, 127.0.0.53, 127.0.1.1. */
const systems: Cidr = "127.0.0.0/16";
const loopback: Cidr = "127.0.0.0/8";
const prefixes = { shortest: 16, longest: 28 };

export const loopbackProblems: Check = (path, value) => {
  const fault = cidrFault(value) ?? loopbackFault(value as Cidr);
  return fault === undefined ? [] : [{ path, got: quoted(value), allowed: fault }];
};

function loopbackFault(cidr: Cidr): string | undefined {
  const { shortest, longest } = prefixes;
  const example = 'such as "127.83.0.0/24"';
  if (!contains(loopback, cidr)) return `Give a network of the loopback, ${loopback}, ${example}.`;
  if (overlaps(systems, cidr))
    return `The system itself uses addresses of ${systems}: give another network, ${example}.`;
  const prefix = prefixLength(cidr);
  return prefix >= shortest && prefix <= longest
    ? undefined
    : `Give a network of /${shortest} to /${longest}, ${example}.`;
}

/** Whether anybody is there, and has room. */
export function loopbackUseProblems({
  loopbackCidrBlock,
  shards = 1,
  replicas = 0,
}: CacheArguments<unknown>): Problem[] {
  const path = "loopbackCidrBlock";
  if (loopbackCidrBlock === undefined) return [];
  if (shards === 1) {
    const allowed = "Without replicas or shards nothing is there: give some, or leave loopbackCidrBlock out.";
    return replicas > 0 ? [] : [{ path, got: "a network without replicas or shards", allowed }];
  }
  // The network's own address is no node's.
  const room = Math.floor((2 ** (32 - prefixLength(loopbackCidrBlock)) - 1) / placesPerShard);
  if (room >= shards) return [];
  const allowed =
    `It has room for ${room} shards, which have ${placesPerShard} addresses each, whatever replicas: give a larger network, such as ` +
    `"127.83.0.0/22", which has room for ${shardRange.most}.`;
  return [{ path, got: `${quoted(loopbackCidrBlock)} with ${shards} shards`, allowed }];
}
