import { Command } from "commander";
import type { Verification } from "../verify/verification";
import { signerOf } from "../verify/signature";
import { readEvidenceFile, readExactText } from "./files";
import { withHelp } from "./help";
import { say } from "./say";

/** `signature`: who has signed a record of `verify`. */
export function signatureCommand(): Command {
  const command = new Command("signature")
    .description(
      "Tells which operator of a cache has signed a record of verify; fails when none has, or when it was checked against other evidence.",
    )
    .argument("<record>", "the record; its signature is beside it, with .sig behind its name")
    .requiredOption("--evidence <file>", "the evidence of the cache, which has its operators' keys")
    .exitOverride()
    .action((path: string, { evidence: evidenceFile }: { evidence: string }) => {
      const { evidence, sha256 } = readEvidenceFile(evidenceFile);
      const text = readExactText("<record>", path);
      const signer = signerOf(path, text, evidence.arguments.operators);
      const record = JSON.parse(text) as Verification;
      const found = record.findings.length === 0 ? "no findings" : `findings: ${record.findings.join(", ")}`;
      say(`${path}: signed by ${signer}; cache ${record.cache}, target ${record.target}, ${record.date}; ${found}.`);
      if (record.evidenceSha256 === sha256) return;
      say("It was checked against other evidence than this one.");
      process.exitCode = 1;
    });
  return withHelp(command, ["pulumi-hipaa-redis signature record.json --evidence evidence.json"]);
}
