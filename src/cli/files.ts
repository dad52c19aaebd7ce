import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Evidence } from "../evidence/evidence";
import { parseEvidence } from "../evidence/parse";

export interface EvidenceFile {
  readonly evidence: Evidence;
  readonly sha256: string;
}

/** @throws Error that names the option, when there is no such file or it is no evidence. */
export function readEvidenceFile(path: string): EvidenceFile {
  const text = readTextFile("--evidence", path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `--evidence: ${path} is no JSON. Give what \`pulumi stack output evidence --json\` prints.`,
      { cause: error },
    );
  }
  return { evidence: parseEvidence(value), sha256: createHash("sha256").update(text).digest("hex") };
}

/** The text of a file; of `-`, of standard input. */
export function readTextFile(option: string, path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new Error(
      `${option}: ${path} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
