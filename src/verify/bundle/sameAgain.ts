import { canonical } from "../../evidence/canonical";
import { hasRun, type Check } from "../../evidence/check";
import type { Evidence } from "../../evidence/evidence";
import type { RecordedCheck, RecordedControl, VerificationRecord } from "../../evidence/record";
import { statusOfChecks } from "../../evidence/recordSum";
import type { Attestation } from "../attestations";
import { targetChecks, verification } from "../verification";

/**
 * What a record of checks says that does not follow from the evidence, the attestations and its own answers: made again from these, it has to be the
 * same. As statements.
 */
export function differences(
  record: VerificationRecord,
  evidence: Evidence,
  attestations: readonly Attestation[] | undefined,
): string[] {
  const checks = targetChecks(evidence, record.target);
  const { date, previousRecordSha256: previous, place, host, nonce } = record;
  const planned = verification(checks, [], {
    date: new Date(date),
    place,
    host,
    nonce,
    ...(previous === undefined ? {} : { previousRecordSha256: previous }),
    ...(attestations === undefined ? {} : { attestations }),
  });
  const controls = planned.controls.map((control, index) => withAnswers(control, record.controls[index]));
  const findings = controls.filter(({ status }) => status === "finding").map(({ id }) => id);
  const again: VerificationRecord = { ...planned, controls, findings };
  return [
    ...Object.entries({ tool: "its tool is", deviations: "its deviations are", findings: "its list of findings is" })
      .filter(([field]) => !isSame(again[field as keyof VerificationRecord], record[field as keyof VerificationRecord]))
      .map(([, words]) => `${words} not what the evidence and its checks say`),
    ...(record.controls.length === controls.length ? [] : ["it has not the controls of the evidence"]),
    ...controls
      .filter((control, index) => !isSame(control, record.controls[index]))
      .map(({ id }) => `${id} is not what the evidence, the attestations and its answers say`),
    ...impossible(record, checks.assessment.controls.map((control) => control.checks).flat()),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The control with what the record says that commands answered. What people attested follows from the attestations. */
function withAnswers(planned: RecordedControl, recorded: RecordedControl | undefined): RecordedControl {
  const checks = planned.checks.map((check, index): RecordedCheck => {
    const answer = recorded?.checks[index];
    return check.by === "person" || answer === undefined
      ? check
      : { ...check, holds: answer.holds, found: answer.found };
  });
  return { ...planned, checks, status: statusOfChecks(checks) };
}

/** Checks that can't have held, or failed, with what is said to have been found. */
function impossible({ controls }: VerificationRecord, planned: readonly Check[]): string[] {
  return controls.flatMap(({ id, checks }) =>
    checks
      .filter(({ by, shows, holds, found }) => {
        const check = planned.find((one) => one.by === by && one.shows === shows);
        return check !== undefined && check.by !== "person" && !isPossible(check, holds, found);
      })
      .map(({ shows, holds }) => `${id}: ${shows}: it can't ${holds ? "hold" : "have failed"} with what was found`),
  );
}

function isPossible({ expect }: Exclude<Check, { by: "person" }>, holds: boolean, found: string): boolean {
  if (/^it could not be run \(exit code \d+\)$/.test(found) || found === notRun) return !holds;
  if ("printsNothing" in expect) return holds === (found === "");
  if ("prints" in expect) return !holds || !/ \(exit code \d+\)$/.test(found);
  const [, exitCode] = /^exit code (\d+)$/.exec(found) ?? [];
  return holds === (exitCode !== undefined && exitCode !== "0" && hasRun({ exitCode: Number(exitCode), stdout: "" }));
}

const notRun = "the script did not run this check";
