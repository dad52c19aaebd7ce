import type { Assessment } from "../assess";
import type { RiskNumbers } from "../risks";
import { heading, paragraph, table, type Block } from "./blocks";
import { ownWords, type Names } from "./text";

/** What is weaker than the default by choice, and what defaults leave open; each is a risk with a number. */
export function deviationsPart(assessment: Assessment, numbers: RiskNumbers, names: Names): Block[] {
  return [
    heading(2, "Deviations", "deviations"),
    ...chosen(assessment, numbers, names),
    ...leftOpen(assessment, numbers, names),
  ];
}

function chosen({ deviations }: Assessment, numbers: RiskNumbers, names: Names): Block[] {
  if (deviations.length === 0) return [paragraph("None: no argument is weaker than the library's default.")];
  return [
    table(
      [
        ["Risk", 6],
        ["Argument", 23],
        ["Chosen", 13],
        ["Default", 13],
        ["What follows", 30],
        ["Control", 15],
      ],
      deviations.map(({ argument, chosen: here, byDefault, consequence, control }) => [
        numbers.get(argument) ?? "",
        [{ code: argument }],
        here,
        byDefault,
        ownWords(consequence, names),
        [names.get(control) ?? control],
      ]),
    ),
  ];
}

function leftOpen(assessment: Assessment, numbers: RiskNumbers, names: Names): Block[] {
  if (assessment.leftOpen.length === 0) return [];
  return [
    heading(3, "Left open by default"),
    paragraph(
      "No control is weakened by these, but each leaves a risk that somebody has to accept, or can close. The risk register has them too (docs/evidence.md).",
    ),
    table(
      [
        ["Risk", 6],
        ["What", 23],
        ["Here", 13],
        ["What is left open", 23],
        ["What closes it", 21],
        ["Control", 14],
      ],
      assessment.leftOpen.map(({ name, here, leavesOpen, closes, control }) => [
        numbers.get(name) ?? "",
        [{ code: name }],
        here,
        ownWords(leavesOpen, names),
        ownWords(closes, names),
        [names.get(control) ?? control],
      ]),
    ),
  ];
}
