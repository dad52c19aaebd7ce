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

interface Looked {
  readonly plan: Pick<CachePlan, "replication">;
  readonly records: { readonly counted: readonly CountedRecord[] };
}

/** Who led and who followed, by the records that count: who is the primary changes, and is nobody's plan. */
export function rolesSeen({ plan, records }: Looked): RoleSeen[] {
  const names = new Map(plan.replication?.members.map(({ loopbackAddress, name }) => [loopbackAddress, name]));
  const newestFirst = [...records.counted].sort(
    (one, other) => Date.parse(other.record.date) - Date.parse(one.record.date),
  );
  return [...names.values()].map((name) => {
    const looks = newestFirst
      .filter(({ place }) => isSamePlace(place, { kind: "cache", name }))
      .flatMap(({ record: { date, controls } }) =>
        controls
          .flatMap(({ checks }) => checks)
          .flatMap(({ shows, found }) => (shows === roleShown ? [{ found, date }] : [])),
      );
    const [last] = looks;
    return { name, role: last && roleInWords(last.found, names), date: last?.date };
  });
}

/** All of them in a line; none of a cache of one node. */
export function rolesInWords(roles: readonly RoleSeen[]): string {
  return roles.map(({ name, role }) => `${name}: ${role ?? "not looked at"}`).join("; ");
}

/** By the nodes' names, not their addresses. */
function roleInWords(found: string, names: ReadonlyMap<string, string>): string {
  return found.replaceAll(/127(\.\d{1,3}){3}/g, (address) => names.get(address) ?? address);
}
