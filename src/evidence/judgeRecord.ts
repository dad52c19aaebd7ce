import { counted } from "../plan/counted";
import { accountIn, evidenceAccount, isOfAws } from "./account";
import { evidenceDigest } from "./digest";
import type { Evidence } from "./evidence";
import { placeOf, type Place } from "./places";
import type { RecordHead } from "./record";

/** What became of a record's signature. */
export type RecordSignature =
  | {
      /** Who signed the record as it is now, with a key that may sign: its name, as the report shows it. */
      readonly signedBy: string;
    }
  | {
      /** Why there is no such signature, as a statement. */
      readonly refused: string;
    };

/** By what a record is judged. */
export interface RecordRules {
  /** The evidence that the report is of. */
  readonly evidence: Evidence;
  /** When the record is judged. */
  readonly now: Date;
  /** How old it may be. */
  readonly maxAgeDays: number;
}

/** Whether a record counts: who signed it and what it is of, or why it shows nothing. */
export type RecordJudgement =
  | { readonly counts: true; readonly signedBy: string; readonly place: Place | undefined }
  | { readonly counts: false; readonly reasons: readonly string[] };

/**
 * How old a record may be, where nobody says otherwise. `pulumi up` has to run once a month for the certificates, and what it changes makes
 * another evidence: whoever verifies after each of these has a record that is younger.
 */
export const defaultMaxRecordAgeDays = 31;

/** Whether a record shows something of the cache that an evidence is of. All that speaks against it is told at once. */
export function judgeRecord(record: RecordHead, signature: RecordSignature, rules: RecordRules): RecordJudgement {
  const { evidence } = rules;
  const { cache, evidenceSha256 } = record;
  const reasons = [
    ...("refused" in signature ? [signature.refused] : []),
    ...(cache === evidence.cache ? [] : [`it is about the cache ${cache}, not ${evidence.cache}`]),
    ...(evidenceSha256 === evidenceDigest(evidence) ? [] : ["it was judged by other evidence than this report's"]),
    ...ageReasons(record, rules),
    ...(record.target === "aws" ? accountReasons(record, evidence) : []),
  ];
  if ("refused" in signature || reasons.length > 0) return { counts: false, reasons };
  return { counts: true, signedBy: signature.signedBy, place: placeOf(record, evidence) };
}

const dayMs = 86_400_000;

/** By how much the clock of a host may be ahead. */
const mostMinutesAhead = 5;

function ageReasons({ date }: RecordHead, { now, maxAgeDays }: RecordRules): string[] {
  const ageMs = now.getTime() - Date.parse(date);
  if (ageMs < -mostMinutesAhead * 60_000) return [`it is dated in the future, ${date}`];
  if (ageMs <= maxAgeDays * dayMs) return [];
  return [`it is of ${date.slice(0, 10)}, more than ${counted(maxAgeDays, "day")} ago`];
}

function accountReasons({ host }: RecordHead, evidence: Evidence): string[] {
  const planned = evidenceAccount(evidence);
  const words = host.split(" ");
  const endpoints = words.filter((word) => /^https?:/.test(word));
  const account = accountIn(host);
  if (account === undefined || endpoints.length === 0) return ["it does not say which AWS account was looked at"];
  if (account !== planned.id) return [`it is of the AWS account ${account}, not ${planned.id}`];
  const others = endpoints.filter((endpoint) => !isOfAws(endpoint));
  if (others.length > 0) return [`it is of an emulated AWS account: not AWS but ${others.join(", ")} answered`];
  return planned.emulated ? [`it is of an emulated AWS account: ${account} is none of AWS's`] : [];
}
