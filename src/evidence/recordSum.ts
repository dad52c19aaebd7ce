import { counted } from "../plan/counted";
import { isUnattested } from "./attestationWords";
import type { RecordedCheck, RecordedControl, VerificationRecord } from "./record";

/** What a record has seen, by its own checks: what it says of itself besides, anybody could have written. */
export interface RecordSum {
  /** So many checks by a command, and attestations. */
  readonly looks: number;
  /** The ids of controls of which something did not hold. */
  readonly findings: readonly string[];
  /** The ids of controls that people were asked about, and had attested nothing. */
  readonly notAttested: readonly string[];
}

export function sumOf({ controls }: Pick<VerificationRecord, "controls">): RecordSum {
  const withAny = (isMeant: (check: RecordedCheck) => boolean): string[] =>
    controls.filter(({ checks }) => checks.some(isMeant)).map(({ id }) => id);
  return {
    looks: controls.flatMap(({ checks }) => checks).filter((check) => !isUnattested(check)).length,
    findings: withAny((check) => !check.holds && !isUnattested(check)),
    notAttested: withAny(isUnattested),
  };
}

/** Whether anything was looked at by a command, on a host or in AWS. */
export function looksByCommand({ controls }: Pick<VerificationRecord, "controls">): boolean {
  return controls.some(({ checks }) => checks.some(({ by }) => by !== "person"));
}

/** Whether what a record says of itself is what its checks say. */
export function isSummedUpRight({ controls, findings }: Pick<VerificationRecord, "controls" | "findings">): boolean {
  const found = controls.filter(({ checks }) => statusOfChecks(checks) === "finding").map(({ id }) => id);
  return (
    controls.every(({ status, checks }) => status === statusOfChecks(checks)) &&
    JSON.stringify(found) === JSON.stringify(findings)
  );
}

/** What is said of a control by its checks. */
export function statusOfChecks(checks: readonly Pick<RecordedCheck, "holds">[]): RecordedControl["status"] {
  return checks.length === 0 ? "not looked at" : checks.every(({ holds }) => holds) ? "holds" : "finding";
}

/** In words: what was found, or that nothing was looked at. */
export function sumInWords({ looks, findings, notAttested }: RecordSum): string {
  if (looks === 0) return ["nothing looked at", ...unattested(notAttested)].join("; ");
  const found =
    findings.length === 0 ? `no findings in ${counted(looks, "check")}` : `findings: ${findings.join(", ")}`;
  return [found, ...unattested(notAttested)].join("; ");
}

function unattested(ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [`not attested: ${ids.join(", ")}`];
}
