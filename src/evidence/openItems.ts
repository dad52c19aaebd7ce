import { counted } from "../plan/counted";
import { acceptanceOf, riskId, type RiskAcceptance } from "./acceptance";
import type { AssessedControl, Assessment } from "./assess";
import { dueSince, openAttestation } from "./attestationWords";
import type { Owner } from "./control";
import { closesDeviation, type Deviation } from "./deviations";
import { placeInWords, type Place } from "./places";
import type { Finding } from "./verified";

/**
 * Why something is open:
 *
 * - `finding`: somebody has looked, and it was not so;
 * - `weakened`: an argument is weaker than its default;
 * - `not attested`: the organisation's part, which nobody has attested;
 * - `attestation due`: somebody has, and it has to be looked at again;
 * - `not looked at`: planned and deployed, but no record that counts has seen it.
 */
export type OpenKind = "finding" | "weakened" | "not attested" | "attestation due" | "not looked at";

/** Something that keeps a control from being met. */
export interface OpenItem {
  /** Stable, as long as it is open: the same thing has the same id in the next report. */
  readonly id: string;
  /** Why it is open. */
  readonly kind: OpenKind;
  /** The id of the control. */
  readonly control: string;
  /** What the control is called. */
  readonly title: string;
  /** The paragraphs of 45 CFR Part 164 that the control answers. */
  readonly hipaa: readonly string[];
  /** Who has to close it. */
  readonly owner: Owner;
  /** What is open, as a statement. */
  readonly what: string;
  /** Where that is known from. */
  readonly from: string;
  /** What closes it. */
  readonly closes: string;
  /** Since when it is known, of what a record has found: RFC 3339, UTC. */
  readonly since?: string;
  /** Of what an argument weakens: its name. */
  readonly argument?: string;
  /** What was decided about its risk: while that holds, nothing has to be done. */
  readonly acceptance?: RiskAcceptance;
}

/** Everything that is open, control by control. A control has none exactly if it is met, or not applicable. */
export function openItems({
  controls,
  deviations,
  acceptances,
}: Pick<Assessment, "controls" | "deviations" | "acceptances">): OpenItem[] {
  return controls.flatMap((control) => [
    ...findingItems(control),
    ...deviations
      .filter((deviation) => deviation.control === control.id)
      .map((one) => weakenedItem(control, one, acceptances)),
    ...(control.status === "not applicable" ? [] : unseenItems(control)),
  ]);
}

type Findings = readonly [Finding, ...Finding[]];

/** A client's hosts are one place: what was found on several of them is one item. So is what one attestation is of. */
function findingItems(control: AssessedControl): OpenItem[] {
  const asked = personsChecks(control);
  const same = new Map<string, Findings>();
  for (const finding of control.seen.findings) {
    const { shows, where } = finding;
    const key = asked.includes(shows) ? "" : JSON.stringify([where, shows]);
    const [first, ...others] = same.get(key) ?? [];
    same.set(key, first === undefined ? [finding] : [first, ...others, finding]);
  }
  return [...same].map(([key, findings]) =>
    key === "" ? unattestedItem(control, findings) : findingItem(control, findings),
  );
}

function findingItem(control: AssessedControl, findings: Findings): OpenItem {
  const [{ shows, where, expected }] = findings;
  const since = earliest(findings);
  const [owner = "organisation"] = control.owners;
  return {
    ...itemOf(control, "finding", where, shows),
    owner,
    what: `Not so: ${shows} (found: ${foundIn(findings)})`,
    from: `a signed record of verify, ${since.slice(0, 10)}, ${where}; expected: ${expected}`,
    closes: `Put it right; then ${lookAgain(placeOf(control, where))}.`,
    since,
  };
}

/** What a record says of the organisation's part: nobody has attested it, it is due again, or somebody saw that it is not so. */
function unattestedItem(control: AssessedControl, findings: Findings): OpenItem {
  const kind = openAttestation(findings[0].found);
  const seen = earliest(findings);
  const due = kind === "attestation due" ? dueSince(findings[0].found) : undefined;
  return {
    ...itemOf(control, kind),
    owner: "organisation",
    what: `${kind === "finding" ? "Not so" : "Not attested"}: ${personsChecks(control).join("; ")} (${foundIn(findings)})`,
    from: `an attestation of ${seen.slice(0, 10)}, in a signed record of verify`,
    closes: attestIt,
    since: due === undefined ? seen : `${due}T00:00:00.000Z`,
  };
}

function foundIn(findings: Findings): string {
  return [...new Set(findings.map(({ found }) => found || "nothing"))].join("; ");
}

function earliest(findings: Findings): string {
  return findings.map(({ date }) => date).reduce((one, other) => (one < other ? one : other));
}

function personsChecks({ checks }: Pick<AssessedControl, "checks">): string[] {
  return checks.filter(({ by }) => by === "person").map(({ shows }) => shows);
}

function weakenedItem(
  control: AssessedControl,
  { argument, chosen, byDefault, consequence }: Deviation,
  acceptances: readonly RiskAcceptance[],
): OpenItem {
  const acceptance = acceptanceOf({ id: riskId(argument), chosen, control }, acceptances);
  const closes = `${closesDeviation(argument).slice(0, -1)}, or have the risk accepted (risk register).`;
  return {
    ...itemOf(control, "weakened", argument),
    argument,
    owner: "organisation",
    what: consequence,
    from: `the argument ${argument}: ${chosen}; by default: ${byDefault}`,
    closes: acceptance?.holds === true ? `Accepted${untilInWords(acceptance)}. Then: ${closes}` : closes,
    ...(acceptance === undefined ? {} : { acceptance }),
  };
}

function untilInWords({ until }: RiskAcceptance): string {
  return until === undefined ? "" : ` until ${until.slice(0, 10)}`;
}

/** One for each place that a record has to come from. */
function unseenItems(control: AssessedControl): OpenItem[] {
  const unseen = control.seen.checks.filter(({ outcome }) => outcome === "not looked at").map(({ place }) => place);
  const places = new Map(unseen.map((place) => [placeInWords(place), place]));
  return [...places].map(([where, place]) => {
    if (place.kind === "person") return notAttestedItem(control);
    const count = unseen.filter((one) => placeInWords(one) === where).length;
    return {
      ...itemOf(control, "not looked at", place.others === undefined ? where : `other app hosts of ${place.name}`),
      owner: "organisation",
      what: `Nobody has looked: ${counted(count, "check")} on ${where}`,
      from: "no signed record of verify that counts is of it",
      closes: `${capital(lookAgain(place))}.`,
    };
  });
}

function notAttestedItem(control: AssessedControl): OpenItem {
  return {
    ...itemOf(control, "not attested"),
    owner: "organisation",
    what: `Not attested: ${personsChecks(control).join("; ")}`,
    from: "no signed record of verify that counts has an attestation of it",
    closes: attestIt,
  };
}

const attestIt =
  "Have somebody look, write the attestation, and give it to verify with --attestations (docs/verify.md).";

function lookAgain(place: Place | undefined): string {
  const target = place === undefined ? "there" : `with --target ${place.kind}`;
  const where = place === undefined || place.kind === "aws" ? "" : ` on ${placeInWords(place)}`;
  return `run pulumi-hipaa-redis verify ${target}${where}, sign the record, and give it to the report`;
}

/** A host that is no part of the cache is no place. */
function placeOf({ seen }: AssessedControl, where: string): Place | undefined {
  return seen.checks.map(({ place }) => place).find((place) => placeInWords(place) === where);
}

function itemOf(
  { id: control, title, hipaa }: AssessedControl,
  kind: OpenKind,
  ...parts: readonly string[]
): Pick<OpenItem, "id" | "kind" | "control" | "title" | "hipaa"> {
  return { id: itemId(control, kind, parts), kind, control, title, hipaa };
}

function itemId(control: string, kind: OpenKind, parts: readonly string[]): string {
  // Whether nobody has given an attestation or it is due again, the same is missing.
  const open = kind === "attestation due" ? "not attested" : kind;
  return [open, control].concat(parts).join(": ");
}

/** The id of the item that a finding is of. */
export function itemOfFinding(control: Pick<AssessedControl, "id" | "checks">, finding: Finding): string {
  const { shows, where, found } = finding;
  return personsChecks(control).includes(shows)
    ? itemId(control.id, openAttestation(found), [])
    : itemId(control.id, "finding", [where, shows]);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
