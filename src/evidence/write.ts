import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assess, type AssessOptions } from "./assess";
import type { Evidence } from "./evidence";
import { evidenceNetworkMap } from "./networkMap";
import { evidenceOscal } from "./oscal";
import type { ReportOptions } from "./report/contents";
import { evidenceHtml } from "./report/html";
import { evidenceMarkdown, networkMapFile } from "./report/markdown";

/**
 * Writes a cache's report into a folder, which is made where it isn't there: `report.html`, `report.md` with `network-map.svg`,
 * `controls.json` (every control with its checks) and `oscal-component-definition.json`. Files of these names are replaced.
 *
 * @returns The paths of the files.
 */
export function writeEvidence(
  folder: string,
  evidence: Evidence,
  options: AssessOptions & ReportOptions = {},
): string[] {
  // One moment for all of them.
  const dated = { ...options, date: options.date ?? new Date() };
  const assessment = assess(evidence, dated);
  const files: Readonly<Record<string, string>> = {
    "report.html": evidenceHtml(assessment, dated),
    "report.md": evidenceMarkdown(assessment, dated),
    [networkMapFile]: evidenceNetworkMap(assessment),
    "controls.json": json(assessment.controls),
    "oscal-component-definition.json": json(evidenceOscal(assessment, dated)),
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
