import { assess, type AssessedControl, type Assessment } from "../evidence/assess";
import { hasRun, inWords, meets, type Check, type CommandResult } from "../evidence/check";
import { evidenceDigest } from "../evidence/digest";
import type { Evidence } from "../evidence/evidence";
import { printableLines } from "../evidence/printable";
import type { RecordedCheck, RecordedControl, VerificationRecord } from "../evidence/record";
import { statusOfChecks } from "../evidence/recordSum";
import type { Target } from "../evidence/target";
import { attested, type Attestation } from "./attestations";
import { recordHead, type About } from "./recordHead";

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
  about: Omit<About, "cache" | "evidenceSha256"> & {
    /** What people have looked at; left out, nobody is asked. */
    readonly attestations?: readonly Attestation[];
  },
): VerificationRecord {
  const { attestations, ...head } = about;
  const left = [...results];
  const controls = assessment.controls.map((control) => {
    const byCommand = control.checks.filter(isOf(target)).map((check) => judge(check, left.shift()));
    const byPerson = attestations === undefined ? [] : attestedChecks(control, attestations, head.date);
    return verifiedControl(control, [...byCommand, ...byPerson]);
  });
  return {
    ...recordHead({ ...head, cache: assessment.plan.name, evidenceSha256: evidenceDigest(assessment.evidence) }),
    target,
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

function judge({ by, shows, expect }: CommandCheck, result: CommandResult | undefined): RecordedCheck {
  const expected = inWords(expect);
  if (result === undefined) return { by, shows, holds: false, expected, found: "the script did not run this check" };
  return { by, shows, holds: meets(expect, result), expected, found: foundBy(expect, result) };
}

/** As much of what a command printed as tells why it was judged so. */
function foundBy(expect: CommandCheck["expect"], result: CommandResult): string {
  const { exitCode, stdout } = result;
  if (!hasRun(result)) return `it could not be run (exit code ${exitCode})`;
  if ("fails" in expect) return `exit code ${exitCode}`;
  const [match] = "prints" in expect ? (new RegExp(expect.prints, "m").exec(stdout) ?? []) : [];
  const text = (match ?? stdout).trim();
  const short = printableLines(text.length > mostFound ? `${text.slice(0, mostFound)}…` : text);
  return exitCode === 0 ? short : `${short} (exit code ${exitCode})`.trim();
}

const mostFound = 400;

function attestedChecks(
  { id, checks }: AssessedControl,
  attestations: readonly Attestation[],
  date: Date,
): RecordedCheck[] {
  return checks
    .filter(({ by }) => by === "person")
    .map(({ shows }) => ({ by: "person", shows, ...attested(id, attestations, date) }));
}

function verifiedControl({ id, title, hipaa }: AssessedControl, checks: readonly RecordedCheck[]): RecordedControl {
  return { id, title, hipaa, status: statusOfChecks(checks), checks };
}
