import type { AssessedControl, AssessedRequirement } from "../assess";
import { placeInWords } from "../places";
import type { DesignedStatus, Part, Status } from "../status";
import type { CheckAt, Finding, Seen } from "../verified";

/** How a status reads. */
export const statusWords: Readonly<Record<Status, string>> = {
  met: "met",
  "partly met": "partly met",
  designed: "designed; nothing verified",
  "not met": "not met",
  weakened: "weakened by choice",
  "not applicable": "not applicable",
  alternative: "documented alternative; not approved",
  organisation: "for your organisation to do",
};

/** The columns of a control: what may be said of it, what is planned, and what somebody has seen. */
export function controlStatus({ status, designed, seen }: AssessedControl): [string, string, string] {
  return [statusWords[status], designedWords[designed], verifiedInWords(seen)];
}

const designedWords: Readonly<Record<DesignedStatus, string>> = {
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

/** For each host and day, what was not so and what was found instead. */
export function findingsInWords(findings: readonly Finding[]): string[] {
  const byPlace = new Map<string, string[]>();
  for (const { where, date, shows, found } of findings) {
    const place = `Not so on ${where}, ${date.slice(0, 10)}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), `${shows} (found: ${found === "" ? "nothing" : found})`]);
  }
  return [...byPlace].map(([place, what]) => `${place}: ${what.join("; ")}`);
}

/** Of one control, or of all that answer a requirement. The date is that of the oldest look. */
export function checksInWords(checks: readonly CheckAt[]): string {
  const looked = checks.filter(({ outcome }) => outcome !== "not looked at");
  const [since] = looked.flatMap(({ dates }) => dates).sort();
  if (since === undefined) return `nothing: 0 of ${checks.length} checks`;
  const hold = checks.filter(({ outcome }) => outcome === "holds").length;
  const share = `${since.slice(0, 10)}: ${hold} of ${checks.length} checks`;
  const unseen = placesIn(checks.filter(({ outcome }) => outcome === "not looked at"));
  return `${share}, on ${placesIn(looked)}${unseen === "" ? "" : `; not looked at: ${unseen}`}`;
}

function placesIn(checks: readonly CheckAt[]): string {
  return [...new Set(checks.map(({ place }) => placeInWords(place)))].join(", ");
}

/** A requirement's status, with the controls by which it is no better, and whose part is missing. */
export function requirementStatus({ status, because, missing }: AssessedRequirement): string {
  const parts = missing.filter(({ part }) => says(status, part));
  return [
    because.length === 0 ? statusWords[status] : `${statusWords[status]}: ${because.join(", ")}`,
    ...parts.map(({ part, controls }) => `${partWords[part]}: ${controls.join(", ")}`),
  ].join("; ");
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
