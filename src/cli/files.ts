import { readFileSync } from "node:fs";
import type { Evidence } from "../evidence/evidence";
import { parseEvidence } from "../evidence/parse";
import { decoded } from "../verify/decoded";

/** @throws Error that names the option, when there is no such file or it is no evidence. */
export function readEvidenceFile(path: string, option = "--evidence"): Evidence {
  return parseEvidence(parseJson(option, path, readTextFile(option, path)));
}

/** @throws Error that names the option, when the text of its file is not JSON. */
export function parseJson(option: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${option}: ${path} is not JSON.`, { cause: error });
  }
}

/** The text of a file; of `-`, of standard input. What `>` of PowerShell has written is read too: UTF-16, or a mark before UTF-8. */
export function readTextFile(option: string, path: string): string {
  return decoded(readBytes(option, path));
}

/** The same for what counts to the byte: nothing is taken for a mark of its encoding. */
export function readExactText(option: string, path: string): string {
  return readBytes(option, path).toString("utf8");
}

function readBytes(option: string, path: string): Buffer {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    throw new Error(`${option}: ${path} could not be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
