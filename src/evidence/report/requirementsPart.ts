import type { AssessedControl, AssessedRequirement, Assessment } from "../assess";
import { proposedRule } from "../proposedRule";
import { heading, paragraph, table, type Block, type Column } from "./blocks";
import { controlLink } from "./names";
import { requirementStatus, shareInWords } from "./statusInWords";
import { joined, statusMarks, statusWords, type Inline, type Text } from "./text";

/** The technical safeguards in force, with the controls that answer each. */
export function safeguardsPart({ hipaa, controls }: Assessment): Block[] {
  return [
    heading(2, "Technical safeguards of the HIPAA Security Rule (45 CFR 164.312)", "requirements"),
    legend,
    table(
      columns("Paragraph"),
      hipaa.map((one) => row(`${one.id} ${one.title} (${one.from.toLowerCase()})`, one, controls, "")),
    ),
  ];
}

/** What the annex has of other requirements: the article's demands, and the rule that is not in force. */
export function otherRequirementsPart({ article, proposed, controls }: Assessment, report: string): Block[] {
  return [
    heading(2, "HIPAA, PHI, and Caching (2016)"),
    legend,
    table(
      columns("Demand"),
      article.map((one) => row(`${one.title} (${one.from})`, one, controls, report)),
    ),
    heading(2, `Where the Security Rule proposed in 2025 asks more (${proposedRule.citation}; not in force)`),
    paragraph(proposedRule.status),
    table(
      columns("Paragraph"),
      proposed.map((one) => row(`${one.id} ${one.title}`, one, controls, report)),
    ),
  ];
}

const legend = paragraph(
  "Each is as good as the worst of the controls that answer it. ",
  ...joined(
    Object.entries(statusWords).map(([status, words]): Text => [
      `${statusMarks[status as keyof typeof statusMarks]} ${words}`,
    ]),
    ", ",
  ),
  ".",
);

/** A mark stays with what it is of. */
const noBreak = "\u{a0}";

function columns(first: string): Column[] {
  return [
    [first, 26],
    ["Status", 18],
    ["Verified", 12],
    ["Controls that answer it", 44],
  ];
}

function row(first: Text, one: AssessedRequirement, controls: readonly AssessedControl[], file: string): Text[] {
  const answering = controls.filter(({ id }) => one.controls.includes(id));
  const links = answering.map((control): Inline[] => [{ mark: control.status }, noBreak, controlLink(control, file)]);
  const seen = answering.flatMap((control) => control.seen.checks);
  return [first, requirementStatus(one), shareInWords(seen), joined(links, "; ")];
}
