import { Command } from "commander";
import { writeEvidence } from "../evidence/write";
import { readEvidenceFile } from "./files";

/** `report`: the compliance report of a cache, from its evidence. */
export function reportCommand(): Command {
  return new Command("report")
    .description("Writes the compliance report of a cache: HTML, Markdown, network map, controls, OSCAL.")
    .requiredOption(
      "--evidence <file>",
      "what `pulumi stack output evidence --json` prints; - for standard input",
    )
    .requiredOption("--folder <folder>", "where to write it; made where it isn't there")
    .exitOverride()
    .action(({ evidence, folder }: { evidence: string; folder: string }) => {
      for (const path of writeEvidence(folder, readEvidenceFile(evidence).evidence)) console.log(path);
    });
}
