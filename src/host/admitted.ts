import type { TunnelEngine } from "../plan/tunnel";
import { tunnelProgram } from "./tunnelProgram";

/**
 * Whom a service of a node admits, as secrets have it: the names in their certificates. How a list is written differs between the tunnel's
 * programs, and nodes run different ones while a cache goes from one to the other: each host adds what its own reads (`admittedEdit`).
 */
export function admittedField(dnsNames: readonly string[]): string {
  return listed("", dnsNames);
}

/** What each line of it must be, whole (extended regular expression). */
export const admittedFieldLine = "[a-z0-9.-]+";

/** For sed(1): makes of that field the list that the tunnel of this host reads. Other lines of a secret have a space (`redisUsersEdit`). */
export function admittedEdit(tunnel: TunnelEngine): string {
  const { beforeAdmitted } = tunnelProgram(tunnel);
  return beforeAdmitted === "" ? "" : `/ /!s/^/${beforeAdmitted}/\n`;
}

/** The list as the host makes it. */
export function admittedConf(tunnel: TunnelEngine, dnsNames: readonly string[]): string {
  return listed(tunnelProgram(tunnel).beforeAdmitted, dnsNames);
}

function listed(before: string, dnsNames: readonly string[]): string {
  return dnsNames.map((name) => `${before}${name}\n`).join("");
}
