import { Command } from "commander";
import { assess } from "../evidence/assess";
import { evidenceDigest } from "../evidence/digest";
import type { Evidence } from "../evidence/evidence";
import { judgeRecord } from "../evidence/judgeRecord";
import type { GivenRecord } from "../evidence/records";
import { looksByCommand } from "../evidence/recordSum";
import { writeSheets } from "../evidence/sheets";
import type { DatedEvidence } from "../evidence/sheets/rotation";
import { judgedBy, withJudgeOptions, type JudgeOptions } from "./judgeOptions";
import { readEvidenceFile } from "./files";
import { withHelp } from "./help";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";
import { say } from "./say";

/** `sheets`: what an auditor asks for beside the report, as CSV and JSON. */
export function sheetsCommand(): Command {
  const command = new Command("sheets")
    .description(
      "Writes what an auditor asks for beside the report: access review, assets, population, rotation, risk register and plan of action, each as CSV and JSON.",
    )
    .requiredOption("--evidence <file>", "what `pulumi stack output evidence --json` prints; - for standard input")
    .requiredOption("--folder <folder>", "where to write them; made if it isn't there")
    .option(
      "--previous <file>",
      "earlier evidence of the same cache, for the rotation history; records that were judged by it, signed by keys that may sign now, tell when it was in use; may be repeated",
      repeated,
    )
    .exitOverride()
    .action(sheets);
  return withHelp(withJudgeOptions(command), [
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets",
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets --verification record.json --app-hosts web=3",
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets --previous 2026-10.json --acceptances risks.yaml",
  ]);
}

interface SheetsOptions extends JudgeOptions {
  readonly evidence: string;
  readonly folder: string;
  readonly previous?: readonly string[];
}

function sheets(options: SheetsOptions): void {
  const { folder, previous = [] } = options;
  refuseOthersPlace("--folder", folder);
  const evidence = readEvidenceFile(options.evidence);
  const date = new Date();
  const judged = judgedBy(options, evidence, date);
  const dated = (name: string, of: Evidence): DatedEvidence => datedBy(name, of, judged.verifications ?? [], date);
  const paths = writeSheets(folder, assess(evidence, judged), {
    date,
    now: dated(options.evidence === "-" ? "standard input" : options.evidence, evidence),
    previous: previous.map((path) => dated(path, readEvidenceFile(path, "--previous"))),
  });
  for (const path of paths) say(path);
}

/**
 * An evidence with the signed records that were judged by it, however old: what they saw is history. Only keys that may sign now count, by the evidence of now: whoever
 * made up an earlier one could have put any key into it.
 */
function datedBy(name: string, evidence: Evidence, given: readonly GivenRecord[], now: Date): DatedEvidence {
  const looks: string[] = [];
  for (const { name: path, record, signature } of given) {
    if (record.evidenceSha256 !== evidenceDigest(evidence)) continue;
    const judgement = judgeRecord(record, signature, { evidence, now, maxAgeDays: Infinity });
    if (judgement.counts && judgement.place !== undefined && looksByCommand(record)) looks.push(record.date);
    else if ("refused" in signature) say(`${path} does not show that ${name} was in use: ${signature.refused}.`);
  }
  return { name, evidence, looks };
}
