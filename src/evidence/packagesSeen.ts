import { counted } from "../plan/counted";
import type { CachePlan } from "../plan/cachePlan";
import { lastFound } from "./rolesSeen";
import type { CountedRecord } from "./verified";

/** The check by whose findings the report knows what versions nodes have. */
export const packagesShown = "the packages are installed, and these are their versions";

interface Looked {
  readonly plan: Pick<CachePlan, "nodes">;
  readonly records: { readonly counted: readonly CountedRecord[] };
}

/** The versions of each package, and on which nodes: by the record of each node's last look, of those that count. */
export function packagesSeen({ plan: { nodes }, records }: Looked): ReadonlyMap<string, string> {
  const seen = new Map<string, Map<string, string[]>>();
  for (const { name: node } of nodes) {
    const { found = "", date = "" } = lastFound(records.counted, node, packagesShown) ?? {};
    for (const [, name = "", version = ""] of found.matchAll(/(\S+) (\S+) installed/g)) {
      const versions = seen.get(name) ?? new Map<string, string[]>();
      versions.set(version, [...(versions.get(version) ?? []), `${node} on ${date.slice(0, 10)}`]);
      seen.set(name, versions);
    }
  }
  return new Map([...seen].map(([name, versions]) => [name, inWords(versions)]));
}

/** Of hundreds of nodes with the same version not each is named. */
const mostNamed = 6;

function inWords(versions: ReadonlyMap<string, readonly string[]>): string {
  const one = ([version, looks]: readonly [string, readonly string[]]): string =>
    `${version} (${looks.length > mostNamed ? counted(looks.length, "node") : looks.join(", ")})`;
  return [...versions].map(one).join("; ");
}
