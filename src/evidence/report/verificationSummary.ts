import type { HostKind } from "../../plan/hostKinds";

/** What the report says of a record of `verify`. */
export interface VerificationSummary {
  /** When the checks ran: RFC 3339. */
  readonly date: string;
  /** The cache that it is about. */
  readonly cache: string;
  /** SHA-256 of the evidence that it was judged by. */
  readonly evidenceSha256: string;
  /** What was looked at. */
  readonly target: HostKind | "aws";
  /** By which way somebody looked. */
  readonly place: string;
  /** What they looked at, by its own account. */
  readonly host: string;
  /** The ids of the controls that did not hold. */
  readonly findings: readonly string[];
}

/** A record, and whether the evidence that it was judged by is the report's. */
export type JudgedRecord = VerificationSummary & { readonly judgedBy: "this" | "another" | "unknown" };

/**
 * Records for the report of a cache.
 *
 * @throws Error that names a record of another cache.
 */
export function judgedRecords(
  cache: string,
  options: { readonly verifications?: readonly VerificationSummary[]; readonly evidenceSha256?: string },
): JudgedRecord[] {
  const { verifications = [], evidenceSha256 } = options;
  return verifications.map((record) => {
    if (record.cache !== cache) {
      throw new Error(
        `verifications: the record of ${record.date} (${record.target}, ${record.host}) is about the cache ${record.cache}, but this is the report of ${cache}. Give records of this cache.`,
      );
    }
    const judgedBy = record.evidenceSha256 === evidenceSha256 ? "this" : "another";
    return { ...record, judgedBy: evidenceSha256 === undefined ? "unknown" : judgedBy };
  });
}
