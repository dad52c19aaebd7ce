import { attestedWords, isUnattested, lastMoment } from "./attestationWords";
import type { Check } from "./check";
import type { Evidence } from "./evidence";
import { instanceOf, isSamePlace, placeInWords, placesOf, strangerInWords, type Place } from "./places";
import type { RecordedCheck, VerificationRecord } from "./record";

/** How many hosts clients have, by the client's name: only the organisation knows. */
export type AppHosts = Readonly<Record<string, number>>;

/** A record that counts, and what it is of. */
export interface CountedRecord {
  readonly record: VerificationRecord;
  /** `undefined` for a host that is no part of the cache: what holds there shows nothing, what does not is a finding all the same. */
  readonly place: Place | undefined;
}

/** What did not hold when somebody looked. */
export interface Finding {
  /** What the check was to show. */
  readonly shows: string;
  /** Where it was looked at. */
  readonly where: string;
  /** What was expected. */
  readonly expected: string;
  /** What was found. */
  readonly found: string;
  /** When somebody looked: RFC 3339, UTC. Of an attestation that is its own date. */
  readonly date: string;
}

/** A check at one place, and what was seen of it. */
export interface CheckAt {
  readonly by: Check["by"];
  /** What it shows, as a statement. */
  readonly shows: string;
  readonly place: Place;
  readonly outcome: "holds" | "finding" | "not looked at";
  /** When each of the hosts there was looked at last, or when the person looked: RFC 3339, UTC. */
  readonly dates: readonly string[];
  /** The dates of the records that say so: RFC 3339, UTC. */
  readonly recorded: readonly string[];
}

/** What was seen of a control. */
export interface Seen {
  readonly checks: readonly CheckAt[];
  readonly findings: readonly Finding[];
  /** What people have attested of it, in words: when, who, and what they name. */
  readonly attested: readonly string[];
}

/** What the records that count have seen of a control. Of each check on each host the last look counts, and of two of the same time the worse; of attestations, the one for which somebody looked last. */
export function seenOf(
  { id, checks }: { readonly id: string; readonly checks: readonly Check[] },
  evidence: Evidence,
  records: readonly CountedRecord[],
  { now, appHosts }: { readonly now: Date; readonly appHosts?: AppHosts },
): Seen {
  const looks = lastLooks(records.flatMap((counted, index) => looksOf(id, counted, index))).map((look) =>
    asOf(look, now),
  );
  const at = checks.flatMap((check) =>
    placesOf(check, evidence).flatMap((place) => checksAt(check, place, looks, appHosts)),
  );
  const findings = looks
    .filter(({ holds }) => !holds)
    .map(({ shows, place, host, expected, found, date }) => {
      return { shows, where: place === undefined ? strangerInWords(host) : placeInWords(place), expected, found, date };
    });
  const attested = looks.filter(({ by, holds }) => by === "person" && holds).map(({ found }) => found);
  return { checks: at, findings, attested: [...new Set(attested)] };
}

interface Look extends RecordedCheck {
  readonly place: Place | undefined;
  readonly host: string;
  /** When somebody looked: of an attestation its own date. */
  readonly date: string;
  /** When that was recorded. */
  readonly recorded: string;
  /** By which looks are told to be of the same host. */
  readonly sameHost: readonly (string | number)[];
}

function looksOf(id: string, { record, place }: CountedRecord, index: number): Look[] {
  const { host, date: recorded, controls } = record;
  return controls
    .filter((control) => control.id === id)
    .flatMap(({ checks }) => checks)
    .filter((check) => !isUnattested(check))
    .map((check) => {
      const at = check.by === "person" ? person : place;
      return { ...check, host, date: dateOf(check, recorded), recorded, place: at, sameHost: hostOf(at, host, index) };
    });
}

/** An attestation in a record says itself when somebody looked. */
function dateOf({ by, updated }: RecordedCheck, recorded: string): string {
  return by === "person" && updated !== undefined ? new Date(updated).toISOString() : recorded;
}

/** An attestation may have become due since it was recorded. */
function asOf(look: Look, now: Date): Look {
  const { until, found } = look;
  if (!look.holds || until === undefined || new Date(until) > now) return look;
  return { ...look, holds: false, found: `${found}; due again since ${until.slice(0, 10)}` };
}

const person: Place = { kind: "person", name: "" };

function lastLooks(looks: readonly Look[]): Look[] {
  const newestFirst = [...looks].sort(
    (one, other) => momentOf(other) - momentOf(one) || Number(one.holds) - Number(other.holds),
  );
  const last = new Map<string, Look>();
  for (const look of newestFirst) {
    const key = JSON.stringify([look.by, look.shows, ...look.sameHost]);
    if (!last.has(key)) last.set(key, look);
  }
  return [...last.values()];
}

/** Of what people have attested, when they looked, whenever that was recorded. */
function momentOf({ by, date, updated, found }: Look): number {
  if (by !== "person" || updated === undefined) return Date.parse(date);
  return lastMoment({ updated, isPassed: found.startsWith(attestedWords.passed) });
}

/**
 * A client may have several hosts: each is known by its instance's id. One that says none can't be told from any other, so its record is of a host of its
 * own, and no other look takes its findings away.
 */
function hostOf(place: Place | undefined, host: string, index: number): readonly (string | number)[] {
  if (place !== undefined && place.kind !== "client") return [place.kind, place.name];
  const instance = instanceOf(host);
  return instance === undefined ? ["record", index] : ["instance", instance];
}

/** Where the organisation has said how many hosts a client has, those that nobody has looked at beside the others. */
function checksAt({ by, shows }: Check, place: Place, looks: readonly Look[], appHosts: AppHosts = {}): CheckAt[] {
  const here = looks.filter((look) => look.by === by && look.shows === shows && isSamePlace(look.place, place));
  const dates = { dates: here.map(({ date }) => date), recorded: here.map(({ recorded }) => recorded) };
  if (here.length === 0) return [{ by, shows, place, outcome: "not looked at", ...dates }];
  const outcome = here.every(({ holds }) => holds) ? "holds" : "finding";
  const at: CheckAt = { by, shows, place, outcome, ...dates };
  const others = place.kind === "client" ? (appHosts[place.name] ?? 0) - here.length : 0;
  if (others <= 0) return [at];
  return [at, { by, shows, place: { ...place, others }, outcome: "not looked at", dates: [], recorded: [] }];
}
