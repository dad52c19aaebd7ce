import { Command } from "commander";
import { assess } from "../evidence/assess";
import type { Evidence } from "../evidence/evidence";
import { judgeRecord } from "../evidence/judgeRecord";
import { writeSheets } from "../evidence/sheets";
import type { RiskAcceptance } from "../evidence/sheets/riskRegister";
import type { DatedEvidence } from "../evidence/sheets/rotation";
import { riskAcceptances } from "../verify/acceptances";
import { signatureOf } from "../verify/signature";
import { readEvidenceFile, readExactText } from "./files";
import { withHelp } from "./help";
import { signersOf, withRecordOptions, type RecordOptions } from "./recordOptions";
import { repeated } from "./repeated";
import { givenRecord } from "./reportCommand";
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
    .option("--verification <file>", "a signed record of verify, its signature beside it; may be repeated", repeated)
    .option(
      "--previous <file>",
      "earlier evidence of the same cache, for the rotation history; records that were judged by it tell when it was in use; may be repeated",
      repeated,
    )
    .option(
      "--acceptances <file>",
      "what was decided about risks, signed: JSON or YAML in the form of `saf attest`, with ids of the risk register and the name of the cache",
    )
    .option(
      "--app-hosts <client=number>",
      "how many hosts a client has, such as web=3, for the population; may be repeated",
      appHosts,
    )
    .exitOverride()
    .action(sheets);
  return withHelp(withRecordOptions(command), [
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets",
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets --verification record.json --app-hosts web=3",
    "pulumi-hipaa-redis sheets --evidence evidence.json --folder sheets --previous 2026-10.json --acceptances risks.yaml",
  ]);
}

interface SheetsOptions extends RecordOptions {
  readonly evidence: string;
  readonly folder: string;
  readonly verification?: readonly string[];
  readonly previous?: readonly string[];
  readonly acceptances?: string;
  readonly appHosts?: Readonly<Record<string, number>>;
}

function sheets(options: SheetsOptions): void {
  const { folder, verification = [], previous = [], acceptances, maxRecordAgeDays } = options;
  refuseOthersPlace("--folder", folder);
  const evidence = readEvidenceFile(options.evidence);
  const date = new Date();
  const verifications = verification.map((path) => givenRecord(path, evidence, options));
  const paths = writeSheets(folder, assess(evidence, { date, verifications, maxRecordAgeDays }), {
    date,
    now: dated(options.evidence === "-" ? "standard input" : options.evidence, evidence, options, date),
    previous: previous.map((path) => dated(path, readEvidenceFile(path, "--previous"), options, date)),
    acceptances: acceptances === undefined ? new Map() : readAcceptances(acceptances, evidence, options, date),
    ...(options.appHosts === undefined ? {} : { appHosts: options.appHosts }),
  });
  for (const path of paths) say(path);
}

/** An evidence with the signed records that were judged by it, however old: what they saw is history. */
function dated(name: string, evidence: Evidence, options: SheetsOptions, now: Date): DatedEvidence {
  const given = (options.verification ?? []).map((path) => givenRecord(path, evidence, options));
  const looks = given
    .filter(({ record, signature }) => judgeRecord(record, signature, { evidence, now, maxAgeDays: Infinity }).counts)
    .map(({ record }) => record.date);
  return { name, evidence, looks };
}

function readAcceptances(
  path: string,
  evidence: Evidence,
  options: RecordOptions,
  now: Date,
): Map<string, RiskAcceptance> {
  const text = readExactText("--acceptances", path);
  return riskAcceptances(text, evidence.cache, signatureOf(path, text, signersOf(evidence, options)), now);
}

function appHosts(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, client = "", number] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  if (number === undefined)
    throw new Error(`--app-hosts: got ${JSON.stringify(text)}. Give a client and a number of hosts, such as web=3.`);
  if (Object.hasOwn(before, client)) throw new Error(`--app-hosts: ${client} is given twice. Give one number for it.`);
  return { ...before, [client]: Number(number) };
}
