import type { Assessment } from "../assess";
import { instanceOf, isSamePlace, placeInWords, type Place } from "../places";
import { looksByCommand } from "../recordSum";
import { findingsInWords } from "../report/statusInWords";
import { counted } from "../../plan/counted";
import type { SignedRecord } from "../records";

/** Said wherever nobody has looked: never that there is nothing. */
export const notLookedAt = "not looked at";

/** A host that a record is of. */
export interface LookedHost {
  /** A node's, or a client's; of a host that is no part of the cache, none. */
  readonly place: Place | undefined;
  /** The id of its instance, by its own account; `no instance id` where it says none. */
  readonly instanceId: string;
  /** All that it says of itself. */
  readonly host: string;
  /** When it was looked at last: RFC 3339, UTC. */
  readonly date: string;
  /** Who signed that. */
  readonly signedBy: string;
}

/**
 * Every host that was looked at by a record which counts, once: nodes, app hosts in the order of their clients' names, then others. One that says no id of an
 * instance can't be told from another, so that each record of such a host stands for itself.
 */
export function lookedHosts({ records }: Pick<Assessment, "records">): LookedHost[] {
  const last = new Map<string, LookedHost>();
  for (const [index, { place, record, signedBy }] of oldestFirst(records.counted).entries()) {
    if (record.target === "aws" || !looksByCommand(record)) continue;
    const { host, date } = record;
    const instance = instanceOf(host);
    const key = JSON.stringify([place ?? {}, instance ?? index]);
    last.set(key, { place, instanceId: instance ?? "no instance id", host, date, signedBy });
  }
  return [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, host]) => host);
}

/** When a place was looked at last, and who says so; nothing where nobody has. */
export function lastLook(
  { records }: Pick<Assessment, "records">,
  at: Place,
): { readonly date: string; readonly signedBy: string } | undefined {
  const last = oldestFirst(records.counted)
    .filter(({ place, record }) => isSamePlace(place, at) && looksByCommand(record))
    .at(-1);
  return last === undefined ? undefined : { date: last.record.date, signedBy: last.signedBy };
}

function oldestFirst(records: readonly SignedRecord[]): SignedRecord[] {
  return [...records].sort((one, other) => Date.parse(one.record.date) - Date.parse(other.record.date));
}

/** Which of a control's checks, and where. */
export interface SeenOf {
  readonly control: string;
  readonly kind: Place["kind"];
  /** Where a part of the control's checks tells it: whether a check, by what it shows, is one of these. */
  readonly shows?: (text: string) => boolean;
}

/** What records that count have seen of a control in one kind of place: what was not so, when how many checks held, or that nobody has looked. */
export function seenInWords({ controls }: Pick<Assessment, "controls">, of: SeenOf): string {
  const { control: id, kind, shows = () => true } = of;
  const seen = controls.filter((control) => control.id === id).map((control) => control.seen);
  const checks = seen.flatMap((one) => one.checks).filter((one) => one.place.kind === kind && shows(one.shows));
  const [since] = checks.flatMap(({ dates }) => dates).sort();
  if (since === undefined) return notLookedAt;
  const places = new Set(checks.map(({ place }) => placeInWords(place)));
  const findings = seen.flatMap((one) => one.findings).filter((one) => places.has(one.where) && shows(one.shows));
  const hold = checks.filter(({ outcome }) => outcome === "holds").length;
  const share = `${since.slice(0, 10)}: ${hold} of ${counted(checks.length, "check")} of ${id} ${hold === 1 ? "holds" : "hold"}`;
  return [...findingsInWords(findings), share].join(". ");
}
