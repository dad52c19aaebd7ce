import type { AssessedControl, Assessment } from "../assess";
import type { RiskNumbers } from "../risks";
import { heading, list, paragraph, type Block } from "./blocks";
import { checksInWords, designedWords, findingTexts } from "./statusInWords";
import { ownWords, partsOf, type Names } from "./text";

/** Every control: what is demanded, how it is met, what was seen, and what remains. How it is checked is in the annex. */
export function controlsPart({ controls }: Assessment, numbers: RiskNumbers, names: Names, annex: string): Block[] {
  return [
    heading(2, "Controls", "controls"),
    paragraph(
      "Each risk has a number, by which it is accepted below. The commands by which each control is checked, with what they must print, are in the ",
      { href: annex, words: "annex" },
      ".",
    ),
    { kind: "columns", blocks: controls.flatMap((control) => controlPart(control, numbers, names, annex)) },
  ];
}

function controlPart(control: AssessedControl, numbers: RiskNumbers, names: Names, annex: string): Block[] {
  const { id, title, status, designed, demand, how, seen, owners, hipaa, risk } = control;
  return [
    heading(3, title, id),
    paragraph(
      { status },
      `. Designed: ${designedWords[designed]}. Verified: ${checksInWords(seen.checks)} (`,
      { href: `${annex}#${id}`, words: "how" },
      `). Owner: ${owners.map(ownerWord).join(", ")}.`,
      ...(hipaa.length === 0 ? [] : [` 45 CFR ${hipaa.join(", ")}.`]),
    ),
    ...findingTexts(seen.findings).map((words) => paragraph(...partsOf(words), ".")),
    paragraph({ strong: "Demanded:" }, " ", ...ownWords(demand, names)),
    list(how.map((statement) => ownWords(statement, names))),
    ...seen.attested.map((words) => paragraph(`Attested: ${words}.`)),
    paragraph({ strong: `Risk ${numbers.get(id) ?? ""}:` }, " ", ...ownWords(risk.remains, names)),
    paragraph({ strong: "What to do:" }, " ", ...ownWords(risk.mitigation, names)),
  ];
}

function ownerWord(owner: AssessedControl["owners"][number]): string {
  return owner === "organisation" ? "your organisation" : owner === "component" ? "this library" : owner;
}
