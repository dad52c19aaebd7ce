import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Assessment } from "../assess";
import { accessReview } from "./accessReview";
import { assetSheet, population } from "./assets";
import { planOfAction } from "./planOfAction";
import { riskRegister } from "./riskRegister";
import { refuseOtherCache, rotationHistory, type DatedEvidence } from "./rotation";
import { sheetCsv, sheetJson, type Sheet } from "./sheet";

/** What sheets may say besides what an assessment has. */
export interface SheetOptions {
  /**
   * What the evidence is called, and when records were judged by it.
   *
   * @default "evidence", and no records
   */
  readonly now?: Omit<DatedEvidence, "evidence">;
  /**
   * Earlier evidence of the same cache, in any order.
   *
   * @default none: the rotation has what is deployed now
   */
  readonly previous?: readonly DatedEvidence[];
}

/**
 * What an auditor asks for beside the report: access review, assets, population, rotation, risk register and plan of action.
 *
 * @throws Error when earlier evidence is of another cache.
 */
export function evidenceSheets(assessment: Assessment, options: SheetOptions = {}): Sheet[] {
  const { evidence } = assessment;
  const { now = { name: "evidence", looks: [] }, previous = [] } = options;
  for (const one of previous) refuseOtherCache(evidence, one);
  return [
    accessReview(assessment),
    assetSheet(assessment),
    population(assessment),
    rotationHistory({ ...now, evidence }, previous),
    riskRegister(assessment),
    planOfAction(assessment),
  ];
}

/**
 * Writes the sheets into a folder, which is made where it isn't there: each as CSV and as JSON, such as `risk-register.csv` and
 * `risk-register.json`. Files of these names are replaced.
 *
 * @returns The paths of the files.
 * @throws Error as `evidenceSheets` does.
 */
export function writeSheets(
  folder: string,
  assessment: Assessment,
  options: SheetOptions & { readonly date?: Date } = {},
): string[] {
  const { date = new Date() } = options;
  const sheets = evidenceSheets(assessment, options);
  mkdirSync(folder, { recursive: true });
  return sheets.flatMap((sheet) => {
    const csv = join(folder, `${sheet.name}.csv`);
    const json = join(folder, `${sheet.name}.json`);
    writeFileSync(csv, sheetCsv(sheet, assessment.evidence.cache));
    writeFileSync(json, `${JSON.stringify(sheetJson(sheet, assessment, date), null, 2)}\n`);
    return [csv, json];
  });
}
