import { attestedWords, lastMoment, openAttestation } from "./attestationWords";
import type { Check } from "./check";
import type { Evidence } from "./evidence";
import { isSamePlace, placeInWords, placesOf, type Place } from "./places";
import type { RecordedCheck, VerificationRecord } from "./record";

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
  /** When: RFC 3339, UTC. */
  readonly date: string;
}

/** A check at one place, and what was seen of it. */
export interface CheckAt {
  readonly by: Check["by"];
  /** What it shows, as a statement. */
  readonly shows: string;
  readonly place: Place;
  readonly outcome: "holds" | "finding" | "not looked at";
  /** When each of the hosts there was looked at last: RFC 3339, UTC. */
  readonly dates: readonly string[];
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
  now: Date,
): Seen {
  const looks = lastLooks(records.flatMap((counted) => looksOf(id, counted))).map((look) => asOf(look, now));
  const at = checks.flatMap((check) => placesOf(check, evidence).map((place) => checkAt(check, place, looks)));
  const findings = looks
    .filter(({ holds }) => !holds)
    .map(({ shows, place, host, expected, found, date }) => {
      return { shows, where: place === undefined ? host : placeInWords(place), expected, found, date };
    });
  const attested = looks.filter(({ by, holds }) => by === "person" && holds).map(({ found }) => found);
  return { checks: at, findings, attested: [...new Set(attested)] };
}

interface Look extends RecordedCheck {
  readonly place: Place | undefined;
  readonly host: string;
  readonly date: string;
}

function looksOf(id: string, { record, place }: CountedRecord): Look[] {
  const { host, date, controls } = record;
  return controls
    .filter((control) => control.id === id)
    .flatMap(({ checks }) => checks)
    .filter((check) => !isUnattested(check))
    .map((check) => ({ ...check, host, date, place: check.by === "person" ? person : place }));
}

/** A record of who was asked and had attested nothing: nobody has looked. */
function isUnattested({ by, found }: RecordedCheck): boolean {
  return by === "person" && openAttestation(found) === "not attested";
}

/** An attestation may have become due since it was recorded. */
function asOf(look: Look, now: Date): Look {
  const { until, found } = look;
  if (until === undefined || new Date(until) > now) return look;
  return { ...look, holds: false, found: `${found}; due again since ${until.slice(0, 10)}` };
}

const person: Place = { kind: "person", name: "" };

function lastLooks(looks: readonly Look[]): Look[] {
  const newestFirst = [...looks].sort(
    (one, other) => momentOf(other) - momentOf(one) || Number(one.holds) - Number(other.holds),
  );
  const last = new Map<string, Look>();
  for (const look of newestFirst) {
    const key = JSON.stringify([look.by, look.shows, ...hostOf(look)]);
    if (!last.has(key)) last.set(key, look);
  }
  return [...last.values()];
}

/** Of what people have attested, when they looked, whenever that was recorded. */
function momentOf({ by, date, updated, found }: Look): number {
  if (by !== "person" || updated === undefined) return Date.parse(date);
  return lastMoment({ updated, isPassed: found.startsWith(attestedWords.passed) });
}

/** By which looks are told to be of the same host. A client may have several: each is known by its instance's id. */
function hostOf({ place, host }: Look): string[] {
  return place === undefined || place.kind === "client" ? ["", host.split(" ")[0] ?? ""] : [place.kind, place.name];
}

function checkAt({ by, shows }: Check, place: Place, looks: readonly Look[]): CheckAt {
  const here = looks.filter((look) => look.by === by && look.shows === shows && isSamePlace(look.place, place));
  const outcome = here.length === 0 ? "not looked at" : here.every(({ holds }) => holds) ? "holds" : "finding";
  return { by, shows, place, outcome, dates: here.map(({ date }) => date) };
}
