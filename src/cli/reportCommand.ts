import { Command } from "commander";
import { z } from "zod";
import { schemaProblems } from "../evidence/schemaProblems";
import type { VerificationSummary } from "../evidence/report/verificationSummary";
import { writeEvidence } from "../evidence/write";
import { attested, parseAttestations } from "../verify/attestations";
import { targets } from "../verify/target";
import { readEvidenceFile, readJson, readTextFile } from "./files";
import { withHelp } from "./help";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";
import { say } from "./say";

/** `report`: the compliance report of a cache, from its evidence. */
export function reportCommand(): Command {
  const command = new Command("report")
    .description("Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL.")
    .requiredOption("--evidence <file>", "what `pulumi stack output evidence --json` prints; - for standard input")
    .requiredOption("--folder <folder>", "where to write it; made if it isn't there")
    .option("--verification <file>", "a record of verify, which the report then names; may be repeated", repeated)
    .option("--attestations <file>", "attestations by people, as verify takes them, which the report then names")
    .exitOverride()
    .action(report);
  return withHelp(command, [
    "pulumi stack output evidence --json >evidence.json",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report",
    "pulumi-hipaa-redis report --evidence evidence.json --folder report --verification record.json",
  ]);
}

interface ReportCommandOptions {
  readonly evidence: string;
  readonly folder: string;
  readonly verification?: readonly string[];
  readonly attestations?: string;
}

function report({ evidence, folder, verification = [], attestations }: ReportCommandOptions): void {
  refuseOthersPlace("--folder", folder);
  const verifications = verification.map(readVerification);
  const file = readEvidenceFile(evidence);
  const options = { verifications, evidenceSha256: file.sha256, ...readAttested(attestations) };
  for (const path of writeEvidence(folder, file.evidence, options)) say(path);
}

/** The last word on each control that somebody has attested. */
function readAttested(path: string | undefined): { readonly attested?: Readonly<Record<string, string>> } {
  if (path === undefined) return {};
  const now = new Date();
  const attestations = parseAttestations(readTextFile("--attestations", path), now);
  const ids = new Set(attestations.map(({ control_id }) => control_id));
  return { attested: Object.fromEntries([...ids].map((id) => [id, attested(id, attestations, now).found])) };
}

const summarySchema = z.object({
  schemaVersion: z.literal(1),
  date: z.iso.datetime(),
  cache: z.string(),
  evidenceSha256: z.string(),
  target: z.enum(targets),
  place: z.string(),
  host: z.string(),
  findings: z.array(z.string()),
});

function readVerification(path: string): VerificationSummary {
  const value = readJson("--verification", path);
  const parsed = summarySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `--verification: ${path} is no record that \`verify --out\` has written.\n${schemaProblems(parsed.error, value)}`,
  );
}
