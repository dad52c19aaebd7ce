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
  const evidence = parseEvidence(parseJson("--evidence", path, text));
  return { evidence, sha256: createHash("sha256").update(text).digest("hex") };
}

/** @throws Error that names the option, when there is no such file or it is no JSON. */
export function readJson(option: string, path: string): unknown {
  return parseJson(option, path, readTextFile(option, path));
}

function parseJson(option: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${option}: ${path} is no JSON.`, { cause: error });
  }
}

/** The text of a file; of `-`, of standard input. */
export function readTextFile(option: string, path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new Error(`${option}: ${path} could not be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
