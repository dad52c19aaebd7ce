import { acceptanceOf, riskId } from "../acceptance";
import type { Assessment } from "../assess";
import { evidenceDigest } from "../digest";
import { unratedRisks, type RiskNumbers } from "../risks";
import { form, heading, paragraph, table, type Block } from "./blocks";
import type { AnnexFile, ContentsOptions } from "./options";
import type { Text } from "./text";

/** Who stands for the report, which risks are accepted, and the digests of what it rests on. Its own it can't hold: that is written in by hand. */
export function approvalPart(
  assessment: Assessment,
  numbers: RiskNumbers,
  { annex, report }: ContentsOptions & { readonly annex: AnnexFile },
): Block[] {
  const { evidence, records } = assessment;
  const seen = records.counted.flatMap(({ name, sha256 }): [string, string][] =>
    sha256 === undefined ? [] : [[`The record ${name}`, sha256]],
  );
  const blocks = [
    heading(2, "Approval", "approval"),
    form(
      [
        ["", 14],
        ["Name", 26],
        ["Role", 22],
        ["Date", 14],
        ["Signature", 24],
      ],
      ["Prepared", "Reviewed", "Accepted"].map((step) => [step, "", "", "", ""]),
    ),
    form(
      [
        ["To be filled in by hand", 46],
        ["", 54],
      ],
      [
        [`SHA-256 of ${report}, the file that is approved. SHA256SUMS, beside it, has it`, ""],
        [`Risks accepted, of R1 to R${numbers.size}, by number`, ""],
        [
          ["Risks that a signed decision accepts already (", { code: "--acceptances" }, ")"],
          acceptedAlready(assessment, numbers),
        ],
        ["Risks not accepted, by number, and what is done about each until when", ""],
      ],
    ),
    paragraph(
      "A file can't hold its own digest, so this one's is written in by hand. Later ",
      { code: `sha256sum ${report}` },
      " shows whether a file is the one that was approved; a print or a PDF of it has another digest. The report holds the digests of what it rests on:",
    ),
    table(
      [
        ["What it rests on", 46],
        ["SHA-256", 54],
      ],
      [
        ["The evidence: its canonical JSON, as verify's records have it", [{ code: evidenceDigest(evidence) }]],
        [`The annex, ${annex.name}`, [{ code: annex.sha256 }]],
        ...seen.map(([what, digest]): Text[] => [what, [{ code: digest }]]),
      ],
    ),
  ];
  return [{ kind: "together", blocks }];
}

function acceptedAlready(assessment: Assessment, numbers: RiskNumbers): string {
  const risks = unratedRisks(assessment);
  const held = [...numbers].flatMap(([name, number]) => {
    const risk = risks.find(({ id }) => id === riskId(name));
    const acceptance = risk === undefined ? undefined : acceptanceOf(risk, assessment.acceptances);
    if (acceptance?.holds !== true) return [];
    return [acceptance.until === undefined ? number : `${number} until ${acceptance.until.slice(0, 10)}`];
  });
  return held.join(", ") || "none";
}
