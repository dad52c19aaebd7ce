import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assess, type AssessOptions } from "./assess";
import type { Evidence } from "./evidence";
import { evidenceNetworkMap } from "./networkMap";
import { evidenceOscal, type OscalOptions } from "./oscal/documents";
import type { ReportOptions } from "./report/contents";
import { evidenceHtml } from "./report/html";
import { evidenceMarkdown, networkMapFile } from "./report/markdown";

/**
 * Writes a cache's report into a folder, which is made where it isn't there: `report.html`, `report.md` with `network-map.svg`,
 * `controls.json` (every control with its checks), and for OSCAL `oscal-component-definition.json`, `oscal-profile.json`, `oscal-ssp.json`,
 * `oscal-assessment-results.json` and `oscal-poam.json`. Files of these names are replaced.
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
    { name: "report.md", content: evidenceMarkdown(assessment, dated) },
    { name: networkMapFile, content: evidenceNetworkMap(assessment) },
    { name: "controls.json", content: json(assessment.controls) },
  ];
  const oscal = Object.entries(evidenceOscal(assessment, { ...dated, files })).map(([name, document]) => {
    return { name, content: json(document) };
  });
  mkdirSync(folder, { recursive: true });
  return files.concat(oscal).map(({ name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
