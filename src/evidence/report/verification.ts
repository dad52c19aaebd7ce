import type { Assessment } from "../assess";
import { placeInWords } from "../places";
import type { SignedRecord } from "../records";
import { sumOf } from "../recordSum";
import { heading, paragraph, table, type Block } from "./blocks";
import { moment } from "./options";
import { joined, type Names, type Text } from "./text";

/** The records that the report goes by, and those that it does not. */
export function verificationPart({ records: { counted, refused } }: Assessment, names: Names): Block[] {
  return [
    heading(2, "Verification"),
    ...(counted.length === 0
      ? [
          paragraph(
            "This report was written without a record of a verification that counts. ",
            { code: "pulumi-hipaa-redis verify" },
            " checks whether what runs is what was planned, and writes a record to sign.",
          ),
        ]
      : [
          table(
            [
              ["When", 14],
              ["What", 18],
              ["Where", 32],
              ["Signed by", 14],
              ["Findings", 22],
            ],
            counted.map((record) => countedRow(record, names)),
          ),
        ]),
    ...(refused.length === 0
      ? []
      : [
          paragraph("Records that were given, and change nothing:"),
          table(
            [
              ["Record", 30],
              ["Why it does not count", 70],
            ],
            refused.map(({ name, reasons }) => [name, reasons.join("; ")]),
          ),
        ]),
  ];
}

function countedRow({ record, place, signedBy }: SignedRecord, names: Names): Text[] {
  const { date, host, place: way } = record;
  const { looks, findings } = sumOf(record);
  return [
    moment(new Date(date)),
    place === undefined ? "a host that is no part of this cache: only its findings count" : placeInWords(place),
    `${host}, by ${way}`,
    signedBy,
    findingsOf(looks, findings, names),
  ];
}

function findingsOf(looks: number, findings: readonly string[], names: Names): Text {
  if (looks === 0) return "nothing looked at";
  if (findings.length === 0) return "none";
  return joined(
    findings.map((id) => [names.get(id) ?? id]),
    "; ",
  );
}
