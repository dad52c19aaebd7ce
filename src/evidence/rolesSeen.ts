import type { CachePlan } from "../plan/cachePlan";
import { isSamePlace } from "./places";
import { roleShown } from "./replicationChecks";
import type { CountedRecord } from "./verified";

/** A node of a cache with replicas, and what it was when somebody looked last. */
export interface RoleSeen {
  readonly name: string;
  /** `primary`, or whose replica; nothing where nobody has looked. */
  readonly role: string | undefined;
  /** RFC 3339, UTC. */
  readonly date: string | undefined;
}

export interface Looked {
  readonly plan: Pick<CachePlan, "replication" | "cluster">;
  readonly records: { readonly counted: readonly CountedRecord[] };
}

/** Who led and who followed, by the records that count: who is the primary changes, and is nobody's plan. */
export function rolesSeen({ plan, records }: Looked): RoleSeen[] {
  const names = new Map(plan.replication?.members.map(({ loopbackAddress, name }) => [loopbackAddress, name]));
  return [...names.values()].map((name) => {
    const last = lastFound(records.counted, name, roleShown);
    return { name, role: last && roleInWords(last.found, names), date: last?.date };
  });
}

/** What a check of a node has found when somebody looked last. */
export function lastFound(
  records: readonly CountedRecord[],
  node: string,
  shown: string,
): { readonly found: string; readonly date: string } | undefined {
  const [last] = records
    .filter(({ place }) => isSamePlace(place, { kind: "cache", name: node }))
    .flatMap(({ record: { date, controls } }) =>
      controls
        .flatMap(({ checks }) => checks)
        .flatMap(({ shows, found }) => (shows === shown ? [{ found, date }] : [])),
    )
    .sort((one, other) => Date.parse(other.date) - Date.parse(one.date));
  return last;
}

/** All of them in a line; none of a cache of one node. */
export function rolesInWords(roles: readonly RoleSeen[]): string {
  return roles.map(({ name, role }) => `${name}: ${role ?? "not looked at"}`).join("; ");
}

/** By the nodes' names, not their addresses. */
function roleInWords(found: string, names: ReadonlyMap<string, string>): string {
  return found.replaceAll(/127(\.\d{1,3}){3}/g, (address) => names.get(address) ?? address);
}
