import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { sha256 } from "../evidence/digest";
import { writeEvidence } from "../evidence/write";
import { judgedBy, withJudgeOptions, type JudgeOptions } from "./judgeOptions";
import { readEvidenceFile } from "./files";
import { withHelp } from "./help";
import { refuseOthersPlace } from "./rootsOwn";
import { say } from "./say";

/** `report`: the compliance report of a cache, from its evidence. */
export function reportCommand(): Command {
  const command = new Command("report")
    .description("Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL.")
    .requiredOption("--evidence <file>", "what `pulumi stack output evidence --json` prints; - for standard input")
    .requiredOption("--folder <folder>", "where to write it; made if it isn't there")
    .option(
      "--oscal-profile <href>",
      "where your organisation's OSCAL profile is, for the system security plan; by default oscal-profile.json in the folder",
    )
    .exitOverride()
    .action(report);
  return withHelp(withJudgeOptions(command), [
    "pulumi stack output evidence --json >evidence.json",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report --verification record.json",
  ]);
}

interface ReportCommandOptions extends JudgeOptions {
  readonly evidence: string;
  readonly folder: string;
  readonly oscalProfile?: string;
}

function report(options: ReportCommandOptions): void {
  const { folder, oscalProfile } = options;
  refuseOthersPlace("--folder", folder);
  const evidence = readEvidenceFile(options.evidence);
  const chosen = oscalProfile === undefined ? {} : { oscalProfile };
  for (const path of writeEvidence(folder, evidence, { ...judgedBy(options, evidence, new Date()), ...chosen }))
    say(path);
  const digest = sha256(readFileSync(join(folder, "report.html"), "utf8"));
  say(`For the report's signature block, the SHA-256 of report.html: ${digest}`);
}
