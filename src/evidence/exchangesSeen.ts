import { classicalGroup, hybridGroup } from "../plan/keyExchange";
import type { Evidence } from "./evidence";
import { exchangeShown } from "./keyExchangeChecks";
import { instanceOf, isSamePlace } from "./places";
import type { CountedRecord } from "./verified";

/** How an app host exchanged keys with the nodes when somebody looked last. */
export interface ExchangeSeen {
  /** The client that it is a host of. */
  readonly client: string;
  /** The id of its instance; nothing where nobody has looked at any host of the client. */
  readonly instanceId?: string;
  /** By OpenSSL's name, the weaker of what it did with several nodes; nothing where it told none. */
  readonly group?: string;
  /** RFC 3339, UTC. */
  readonly date?: string;
}

interface Looked {
  readonly evidence: Pick<Evidence, "arguments">;
  readonly records: { readonly counted: readonly CountedRecord[] };
}

/** By the records that count: what app hosts run is no part of the cache's plan, so that only a look can tell. */
export function exchangesSeen({ evidence, records }: Looked): ExchangeSeen[] {
  return evidence.arguments.clients.flatMap((client): ExchangeSeen[] => {
    const last = new Map<string, ExchangeSeen & { readonly date: string }>();
    for (const { record, place } of records.counted) {
      if (!isSamePlace(place, { kind: "client", name: client })) continue;
      const { host, date, controls } = record;
      const instanceId = instanceOf(host) ?? host;
      const before = last.get(instanceId);
      if (before !== undefined && Date.parse(before.date) > Date.parse(date)) continue;
      const checks = controls.flatMap((control) => control.checks).filter(({ shows }) => shows.endsWith(exchangeShown));
      last.set(instanceId, { client, instanceId, date, ...weakest(checks.map(({ found }) => found)) });
    }
    return last.size === 0 ? [{ client }] : [...last.values()];
  });
}

function weakest(found: readonly string[]): Pick<ExchangeSeen, "group"> {
  const words = found.flatMap((text) => text.match(/\w+/g) ?? []);
  const group = [classicalGroup, hybridGroup].find((one) => words.includes(one));
  return group === undefined ? {} : { group };
}
