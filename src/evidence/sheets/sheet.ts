import type { Assessment } from "../assess";
import { csv } from "../csv";
import { evidenceDigest } from "../digest";
import { printable } from "../printable";

/** A table for somebody who reviews a cache: every row has every column. */
export interface Sheet {
  /** What its files are called, without the ending. */
  readonly name: string;
  /** The columns, in their order. Those that the organisation fills in are empty. */
  readonly columns: readonly string[];
  /** The rows: of each column its text. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Makes a sheet whose rows have no other columns, and lack none. */
export function sheet<const Columns extends readonly string[]>(
  name: string,
  columns: Columns,
  rows: readonly Readonly<Record<Columns[number], string>>[],
): Sheet {
  return { name, columns, rows };
}

/** What the organisation fills in when it has reviewed a row. */
export const review = { reviewedBy: "", decision: "", decidedOn: "", remarks: "" } as const;

/** Its columns. */
export const reviewColumns = [
  "reviewedBy",
  "decision",
  "decidedOn",
  "remarks",
] as const satisfies readonly (keyof typeof review)[];

/**
 * A sheet as CSV (RFC 4180), with a row of names first; the cache is the first column, so that sheets of several can be put together.
 * What a spreadsheet would take for a formula has a `'` before it.
 */
export function sheetCsv({ columns, rows }: Sheet, cache: string): string {
  const texts = rows.map((row) => [cache, ...columns.map((column) => printable(row[column] ?? ""))]);
  return csv([["cache", ...columns], ...texts]);
}

/** The same as JSON, with what it is of. */
export function sheetJson({ name, rows }: Sheet, { evidence }: Pick<Assessment, "evidence">, date: Date): object {
  return {
    sheet: name,
    cache: evidence.cache,
    date: date.toISOString(),
    libraryVersion: evidence.libraryVersion,
    evidenceSha256: evidenceDigest(evidence),
    rows,
  };
}
