import type { AssessedControl, AssessedRequirement } from "../assess";
import { placeInWords } from "../places";
import type { DesignedStatus, Part, Status } from "../status";
import type { CheckAt, Finding, Seen } from "../verified";
import { joined, ownWords, plainText, statusWords, type Inline, type Text } from "./text";

/** The columns of a control: what may be said of it, what is planned, and what somebody has seen. */
export function controlStatus({ status, designed, seen }: AssessedControl): [string, string, string] {
  return [statusWords[status], designedWords[designed], verifiedInWords(seen)];
}

export const designedWords: Readonly<Record<DesignedStatus, string>> = {
  met: "yes",
  weakened: statusWords.weakened,
  "not applicable": statusWords["not applicable"],
  alternative: "documented alternative",
  organisation: statusWords.organisation,
};

/** When, how many of how many checks, on which hosts; what was not looked at; and every finding in its own words. */
function verifiedInWords({ checks, findings }: Seen): string {
  return [...findingsInWords(findings), checksInWords(checks)].join(". ");
}

export function findingsInWords(findings: readonly Finding[]): string[] {
  return findingTexts(findings).map(plainText);
}

/** For each host and day, what was not so and what was found instead. */
export function findingTexts(findings: readonly Finding[]): Text[] {
  const byPlace = new Map<string, Text[]>();
  for (const { where, date, shows, found } of findings) {
    const place = `Not so on ${where}, ${date.slice(0, 10)}: `;
    const words = [...ownWords(shows), ` (found: ${found === "" ? "nothing" : found})`];
    byPlace.set(place, [...(byPlace.get(place) ?? []), words]);
  }
  return [...byPlace].map(([place, what]) => [place, ...joined(what, "; ")]);
}

/** Of one control. The date is that of the oldest look. */
export function checksInWords(checks: readonly CheckAt[]): string {
  const looked = checks.filter(({ outcome }) => outcome !== "not looked at");
  if (looked.length === 0) return shareInWords(checks);
  const unseen = placesIn(checks.filter(({ outcome }) => outcome === "not looked at"));
  return `${shareInWords(checks)}, on ${placesIn(looked)}${unseen === "" ? "" : `; not looked at: ${unseen}`}`;
}

/** How many of how many checks hold, of all controls that answer a requirement. */
export function shareInWords(checks: readonly CheckAt[]): string {
  const [since] = checks
    .filter(({ outcome }) => outcome !== "not looked at")
    .flatMap(({ dates }) => dates)
    .sort();
  if (since === undefined) return `nothing: 0 of ${checks.length} checks`;
  const hold = checks.filter(({ outcome }) => outcome === "holds").length;
  return `${since.slice(0, 10)}: ${hold} of ${checks.length} checks`;
}

function placesIn(checks: readonly CheckAt[]): string {
  return [...new Set(checks.map(({ place }) => placeInWords(place)))].join(", ");
}

/** A requirement's status, and whose part is missing. The controls beside it show by their marks which of them it is. */
export function requirementStatus({ status, missing }: AssessedRequirement): Inline[] {
  const parts = missing.filter(({ part }) => says(status, part));
  return [{ status }, ...parts.map(({ part }) => `; ${partWords[part]}`)];
}

/** Nothing is said twice: that nothing was verified, or that all of it is the organisation's to do or to approve. */
function says(status: Status, part: Part): boolean {
  if (status === "designed" || status === "not applicable") return part === "organisation";
  return status !== "organisation" && status !== "alternative";
}

const partWords: Readonly<Record<Part, string>> = {
  organisation: "your organisation's part is missing",
  AWS: "AWS not looked at",
  hosts: "hosts not looked at",
};
