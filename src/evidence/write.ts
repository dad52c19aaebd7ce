import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assess, type AssessOptions } from "./assess";
import type { Evidence } from "./evidence";
import { evidenceNetworkMap } from "./networkMap";
import type { ReportFile } from "./oscal/backMatter";
import { evidenceOscal, type OscalOptions } from "./oscal/documents";
import { sha256 } from "./digest";
import { evidenceAnnexHtml, evidenceHtml } from "./report/html";
import { evidenceAnnexMarkdown, evidenceMarkdown, networkMapFile } from "./report/markdown";
import type { ReportOptions } from "./report/options";

/** The name of the file with the digests of the others. */
const digestsFile = "SHA256SUMS";

/**
 * Writes a cache's report into a folder, which is made where it isn't there: `report.html` and its annex `report-annex.html`, the same as
 * `report.md` and `report-annex.md` with `network-map.svg`, `controls.json` (every control with its checks), and for OSCAL `oscal-component-definition.json`, `oscal-profile.json`, `oscal-ssp.json`,
 * `oscal-assessment-results.json` and `oscal-poam.json`. `SHA256SUMS` has the digests of all of them, for `sha256sum --check` and for the
 * report's signature block. Files of these names are replaced.
 *
 * @returns The paths of the files.
 */
export function writeEvidence(
  folder: string,
  evidence: Evidence,
  options: AssessOptions & ReportOptions & Pick<OscalOptions, "oscalProfile"> = {},
): string[] {
  // One moment for all of them.
  const dated = { ...options, date: options.date ?? new Date() };
  const assessment = assess(evidence, dated);
  const files = [
    { name: "report.html", content: evidenceHtml(assessment, dated) },
    { name: "report-annex.html", content: evidenceAnnexHtml(assessment, dated) },
    { name: "report.md", content: evidenceMarkdown(assessment, dated) },
    { name: "report-annex.md", content: evidenceAnnexMarkdown(assessment, dated) },
    { name: networkMapFile, content: evidenceNetworkMap(assessment) },
    { name: "controls.json", content: json(assessment.controls) },
  ];
  const oscal = Object.entries(evidenceOscal(assessment, { ...dated, files })).map(([name, document]) => {
    return { name, content: json(document) };
  });
  const all = files.concat(oscal);
  mkdirSync(folder, { recursive: true });
  return all.concat({ name: digestsFile, content: all.map(digestLine).join("") }).map(({ name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

/** As sha256sum(1) writes and checks it. */
function digestLine({ name, content }: ReportFile): string {
  return `${sha256(content)}  ${name}\n`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
