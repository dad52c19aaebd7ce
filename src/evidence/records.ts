import { canonical } from "./canonical";
import { sha256 as digestOf } from "./digest";
import { judgeRecord, type RecordRules, type RecordSignature } from "./judgeRecord";
import type { VerificationRecord } from "./record";
import type { CountedRecord } from "./verified";

/** A record of `verify` for a report, with what became of its signature. */
export interface GivenRecord {
  /** What the report calls it, such as the name of its file. */
  readonly name: string;
  /** What the file says. */
  readonly record: VerificationRecord;
  /** SHA-256 of the file, in hexadecimal digits, for OSCAL's back matter; left out where there is no file. */
  readonly sha256?: string;
  /** Who signed it, or why nobody did who may. This library does not ask again: `pulumi-hipaa-redis report` looks itself. */
  readonly signature: RecordSignature;
}

/** What became of the records that were given. */
export interface JudgedRecords {
  /** Those that show something. */
  readonly counted: readonly SignedRecord[];
  /** Those that change nothing. */
  readonly refused: readonly RefusedRecord[];
}

/** A record that counts. */
export interface SignedRecord extends CountedRecord {
  /** What it is called. */
  readonly name: string;
  /** SHA-256 of its file, in hexadecimal digits, where that is known. */
  readonly sha256?: string;
  /** Whose signature it has. */
  readonly signedBy: string;
}

/** A record that shows nothing of the cache. */
export interface RefusedRecord {
  /** What it is called. */
  readonly name: string;
  /** All that speaks against it, as statements. */
  readonly reasons: readonly string[];
}

/** Judges records, each once: what is given again adds nothing. */
export function judgedRecords(given: readonly GivenRecord[], rules: RecordRules): JudgedRecords {
  const counted: SignedRecord[] = [];
  const refused: RefusedRecord[] = [];
  const known = new Set<string>();
  for (const { name, record, sha256, signature } of given) {
    const judgement = judgeRecord(record, signature, rules);
    // One that does not count is named by every file that it was given in.
    const key = JSON.stringify([digestOf(canonical(record)), judgement.counts ? "" : name]);
    if (known.has(key)) continue;
    known.add(key);
    const file = { name, ...(sha256 === undefined ? {} : { sha256 }) };
    if (judgement.counts) counted.push({ ...file, record, place: judgement.place, signedBy: judgement.signedBy });
    else refused.push({ name, reasons: judgement.reasons });
  }
  return { counted, refused };
}
