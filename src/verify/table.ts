import Table from "cli-table3";
import { counted } from "../plan/counted";
import { accountIn } from "../evidence/account";
import { placeShown } from "../evidence/clusterChecks";
import { roleShown } from "../evidence/replicationChecks";
import type { RecordedCheck, RecordedControl, VerificationRecord } from "../evidence/record";

/** What was found, for a terminal of that width: a table of the controls that were looked at, and every finding in full. */
export function verificationText(verification: VerificationRecord, columns = mostColumns): string {
  const { cache, target, place, host, date, findings, controls, deviations } = verification;
  const looked = controls.filter(({ status }) => status !== "not looked at");
  const elsewhere = controls.filter(({ status }) => status === "not looked at").map(({ id }) => id);
  return [
    `Cache ${cache}, target ${target}, on ${host}, by ${place}, ${date}`,
    controlsTable(looked, Math.max(leastColumns, Math.min(columns, mostColumns))),
    ...deviations.map(
      ({ argument, chosen, control }) => `Planned, but weaker than the default: ${argument} (${chosen}; ${control}).`,
    ),
    ...roleOf(verification).map((role) => `Among the cache's nodes it is: ${role}.`),
    ...(elsewhere.length === 0 ? [] : [`Not looked at from here: ${elsewhere.join(", ")}.`]),
    ...looked.filter(({ status }) => status === "finding").map(findingText),
    ...(findings.length === 0 ? [] : nobodyAsked(verification)),
    findings.length === 0
      ? `No findings: all ${looked.length} controls that were looked at hold.`
      : `${counted(findings.length, "finding")}: ${findings.join(", ")}.`,
  ].join("\n");
}

/** Lines that are longer are hard to read. */
const mostColumns = 122;
const leastColumns = 80;

/** Without an account nothing was asked of AWS: the findings say no more than that. */
function nobodyAsked({ target, host }: VerificationRecord): string[] {
  if (target !== "aws" || accountIn(host) !== undefined) return [];
  return [
    "\nNo AWS account answered `aws sts get-caller-identity` here: see to the AWS CLI's credentials, and look again.",
  ];
}

/** Of a node among others. */
function roleOf({ controls }: VerificationRecord): string[] {
  return controls
    .flatMap(({ checks }) => checks)
    .filter(({ shows, holds }) => (shows === roleShown || shows === placeShown) && holds)
    .map(({ found }) => found);
}

function controlsTable(controls: readonly RecordedControl[], columns: number): string {
  const [ofControl, ofStatus, ofBorders] = [26, 9, 4];
  const table = new Table({
    head: ["Control", "", "What was looked at"],
    colWidths: [ofControl, ofStatus, columns - ofControl - ofStatus - ofBorders],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...controls.map(({ id, status, checks }) => [id, status, checks.map(checkLine).join("\n")]));
  return table.toString();
}

function checkLine({ shows, holds, found }: RecordedCheck): string {
  // A number or a version is worth reading; a long answer is not.
  const value = holds && /\d/.test(found) && found.length <= mostInTable ? ` (${found.replaceAll(/\s+/g, " ")})` : "";
  return `${holds ? "✔" : "✖"} ${shows}${value}`;
}

const mostInTable = 300;

function findingText({ id, title, hipaa, checks }: RecordedControl): string {
  const paragraphs = hipaa.length === 0 ? "" : ` (45 CFR ${hipaa.join(", ")})`;
  const broken = checks.filter(({ holds }) => !holds);
  return [
    `\nFinding: ${id}: ${title}${paragraphs}`,
    ...broken.flatMap(({ shows, expected, found }) => [
      `  Not so: ${shows}`,
      `    expected: ${expected}`,
      // What a host says in many lines can't be taken for lines of ours.
      `    found: ${found === "" ? "nothing" : found.replaceAll("\n", "\n           ")}`,
    ]),
  ].join("\n");
}
