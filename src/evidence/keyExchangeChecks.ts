import type { CachePlan } from "../plan/cachePlan";
import { classicalGroup, hybridGroup } from "../plan/keyExchange";
import { releases } from "../plan/operatingSystem";

/** What the checks of it show of each place. */
export const exchangeShown = "exchanges keys as planned";

/** What a handshake says of its key exchange, to OpenSSL 3.5 and 3.0. */
const told = "^(Negotiated TLS1[.]3 group|Server Temp Key|Peer Temp Key): .*";

/** Of what a handshake prints, the line of its key exchange alone. */
export function groupIn(handshake: string): string {
  return `{ ${handshake}; } | grep --max-count=1 --only-matching --extended-regexp '${told}'`;
}

/** What it says where the host has the hybrid group; where it doesn't, OpenSSL has another word for the key as well. */
const hybrid = `Negotiated TLS1[.]3 group: ${hybridGroup}`;
const without = `Server Temp Key: ${classicalGroup},`;

/** What it has to say of nodes as they are planned (regular expression). */
export function plannedGroup({ operatingSystem, requireHybridKeyExchange }: CachePlan): string {
  if (!releases[operatingSystem].hasHybridKeyExchange) return `(Server|Peer) Temp Key: ${classicalGroup},`;
  return requireHybridKeyExchange ? hybrid : `(${hybrid}|${without})`;
}

/** Options of s_client that offer nothing else than what a host of the cache would rather not take. */
export const classicalAlone = `-tls1_3 -groups ${classicalGroup}`;
