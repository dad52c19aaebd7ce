import type { Assessment } from "../assess";
import { placeInWords } from "../places";
import type { SignedRecord } from "../records";
import { sumOf } from "../recordSum";
import { paragraph, table, type Block } from "./blocks";

/** The records that the report goes by, and those that it does not. */
export function verificationPart({ records: { counted, refused } }: Assessment): Block[] {
  const how = "`pulumi-hipaa-redis verify` checks whether what runs is what was planned, and writes a record to sign.";
  return [
    ...(counted.length === 0
      ? [paragraph(`This report was written without a record of a verification that counts. ${how}`)]
      : [table(["When", "What", "Where", "Signed by", "Findings"], counted.map(countedRow))]),
    ...(refused.length === 0
      ? []
      : [
          paragraph("Records that were given, and change nothing:"),
          table(
            ["Record", "Why it does not count"],
            refused.map(({ name, reasons }) => [name, reasons.join("; ")]),
          ),
        ]),
  ];
}

function countedRow({ record, place, signedBy }: SignedRecord): string[] {
  const { date, host, place: way } = record;
  const { looks, findings } = sumOf(record);
  return [
    minutes(date),
    place === undefined ? "a host that is no part of this cache: only its findings count" : placeInWords(place),
    `${host}, by ${way}`,
    signedBy,
    looks === 0 ? "nothing looked at" : findings.join(", ") || "none",
  ];
}

/** A moment, as a person reads it. */
function minutes(date: string): string {
  return `${new Date(date).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
