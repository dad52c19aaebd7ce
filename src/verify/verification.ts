import { assess, type AssessedControl, type Assessment } from "../evidence/assess";
import { hasRun, inWords, meets, type Check, type CommandResult } from "../evidence/check";
import type { Deviation } from "../evidence/deviations";
import type { Evidence } from "../evidence/evidence";
import { libraryName, libraryVersion } from "../evidence/library";
import { printable } from "../evidence/printable";
import { attested, type Attestation } from "./attestations";
import type { Target } from "./target";

/** What was found when a cache was looked at: what is signed, and kept. */
export interface Verification {
  /** The version of this record's form. */
  readonly schemaVersion: 1;
  readonly tool: string;
  /** When the checks ran, by the clock of where they ran: RFC 3339, UTC. */
  readonly date: string;
  readonly cache: string;
  readonly target: Target;
  /** By which way the checks came to where they ran. */
  readonly place: string;
  /** Where they ran, by its own account: on a host the instance's id, and the host's name. */
  readonly host: string;
  /** The word that the results had to answer to, made up for this run. */
  readonly nonce: string;
  /** SHA-256 of the evidence, as it was read, that says what was planned. */
  readonly evidenceSha256: string;
  /** The ids of the controls that don't hold. */
  readonly findings: readonly string[];
  /** Choices that are weaker than the default: planned, and so no findings. */
  readonly deviations: readonly Deviation[];
  readonly controls: readonly VerifiedControl[];
}

export interface VerifiedControl {
  readonly id: string;
  readonly title: string;
  readonly hipaa: readonly string[];
  /** `not looked at`: none of its checks can be run from here. */
  readonly status: "holds" | "finding" | "not looked at";
  readonly checks: readonly VerifiedCheck[];
}

export interface VerifiedCheck {
  readonly shows: string;
  readonly holds: boolean;
  /** What was expected. */
  readonly expected: string;
  /** What was found, cut short. */
  readonly found: string;
}

/** The checks of a target, control by control. */
export interface TargetChecks {
  readonly assessment: Assessment;
  readonly target: Target;
  readonly commands: readonly string[];
}

export function targetChecks(evidence: Evidence, target: Target): TargetChecks {
  const assessment = assess(evidence);
  const commands = assessment.controls.flatMap(({ checks }) =>
    checks.filter(isOf(target)).map(({ command }) => command),
  );
  return { assessment, target, commands };
}

/** Judges what the commands of {@link targetChecks} have answered, in their order. */
export function verification(
  { assessment, target }: TargetChecks,
  results: readonly (CommandResult | undefined)[],
  about: {
    readonly date: Date;
    readonly place: string;
    readonly host: string;
    readonly nonce: string;
    readonly evidenceSha256: string;
    /** What people have looked at; left out, nobody is asked. */
    readonly attestations?: readonly Attestation[];
  },
): Verification {
  const { date, place, host, nonce, evidenceSha256, attestations } = about;
  const left = [...results];
  const controls = assessment.controls.map((control) => {
    const byCommand = control.checks.filter(isOf(target)).map((check) => judge(check, left.shift()));
    const byPerson = attestations === undefined ? [] : attestedChecks(control, attestations, date);
    return verifiedControl(control, [...byCommand, ...byPerson]);
  });
  return {
    schemaVersion: 1,
    tool: `${libraryName} ${libraryVersion()}`,
    date: date.toISOString(),
    cache: assessment.plan.name,
    target,
    place,
    host,
    nonce,
    evidenceSha256,
    findings: controls.filter(({ status }) => status === "finding").map(({ id }) => id),
    deviations: assessment.deviations,
    controls,
  };
}

type CommandCheck = Exclude<Check, { by: "person" }>;

function isOf(target: Target): (check: Check) => check is CommandCheck {
  return (check): check is CommandCheck =>
    check.by === "host" ? target !== "aws" && check.hosts.includes(target) : check.by === target;
}

function judge({ shows, expect }: CommandCheck, result: CommandResult | undefined): VerifiedCheck {
  const expected = inWords(expect);
  if (result === undefined) return { shows, holds: false, expected, found: "the script did not run this check" };
  return { shows, holds: meets(expect, result), expected, found: foundBy(expect, result) };
}

/** As much of what a command printed as tells why it was judged so. */
function foundBy(expect: CommandCheck["expect"], result: CommandResult): string {
  const { exitCode, stdout } = result;
  if (!hasRun(result)) return `it could not be run (exit code ${exitCode})`;
  if ("fails" in expect) return `exit code ${exitCode}`;
  const [match] = "prints" in expect ? (new RegExp(expect.prints, "m").exec(stdout) ?? []) : [];
  const text = (match ?? stdout).trim();
  const short = printable(text.length > mostFound ? `${text.slice(0, mostFound)}…` : text);
  return exitCode === 0 ? short : `${short} (exit code ${exitCode})`.trim();
}

const mostFound = 400;

function attestedChecks(
  { id, checks }: AssessedControl,
  attestations: readonly Attestation[],
  date: Date,
): VerifiedCheck[] {
  return checks
    .filter(({ by }) => by === "person")
    .map(({ shows }) => ({ shows, ...attested(id, attestations, date) }));
}

function verifiedControl({ id, title, hipaa }: AssessedControl, checks: readonly VerifiedCheck[]): VerifiedControl {
  const status = checks.length === 0 ? "not looked at" : checks.every(({ holds }) => holds) ? "holds" : "finding";
  return { id, title, hipaa, status, checks };
}
