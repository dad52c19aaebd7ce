import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import type { Evidence } from "./evidence";

/** What tells one evidence from every other, however its file is written: SHA-256 of its canonical JSON, in hexadecimal digits. */
export function evidenceDigest(evidence: Evidence): string {
  return sha256(canonical(evidence));
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
