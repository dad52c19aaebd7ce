import { Command } from "commander";
import type { Evidence } from "../evidence/evidence";
import { sha256 } from "../evidence/digest";
import { parseRecord } from "../evidence/record";
import type { GivenRecord } from "../evidence/records";
import { writeEvidence } from "../evidence/write";
import { signatureOf } from "../verify/signature";
import { parseJson, readEvidenceFile, readExactText } from "./files";
import { withHelp } from "./help";
import { signersOf, withRecordOptions, type RecordOptions } from "./recordOptions";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";
import { say } from "./say";

/** `report`: the compliance report of a cache, from its evidence. */
export function reportCommand(): Command {
  const command = new Command("report")
    .description("Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL.")
    .requiredOption("--evidence <file>", "what `pulumi stack output evidence --json` prints; - for standard input")
    .requiredOption("--folder <folder>", "where to write it; made if it isn't there")
    .option(
      "--verification <file>",
      "a signed record of verify, its signature beside it; one that does not count changes nothing, and the report says why; may be repeated",
      repeated,
    )
    .option(
      "--oscal-profile <href>",
      "where your organisation's OSCAL profile is, for the system security plan; by default oscal-profile.json in the folder",
    )
    .exitOverride()
    .action(report);
  return withHelp(withRecordOptions(command), [
    "pulumi stack output evidence --json >evidence.json",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report --verification record.json",
  ]);
}

interface ReportCommandOptions extends RecordOptions {
  readonly evidence: string;
  readonly folder: string;
  readonly verification?: readonly string[];
  readonly oscalProfile?: string;
}

function report(options: ReportCommandOptions): void {
  const { folder, verification = [], maxRecordAgeDays, oscalProfile } = options;
  refuseOthersPlace("--folder", folder);
  const evidence = readEvidenceFile(options.evidence);
  const verifications = verification.map((path) => givenRecord(path, evidence, options));
  const chosen = oscalProfile === undefined ? {} : { oscalProfile };
  for (const path of writeEvidence(folder, evidence, { verifications, maxRecordAgeDays, ...chosen })) say(path);
}

/** A record of a file, with what became of its signature. */
export function givenRecord(path: string, evidence: Evidence, options: RecordOptions): GivenRecord {
  const text = readExactText("--verification", path);
  const record = parseRecord("--verification", path, parseJson("--verification", path, text));
  return { name: path, record, sha256: sha256(text), signature: signatureOf(path, text, signersOf(evidence, options)) };
}
