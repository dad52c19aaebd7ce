import type { Assessment } from "../assess";
import { otherSafeguards, type OtherSafeguard } from "../otherSafeguards";
import { heading, paragraph, table, type Block } from "./blocks";
import { ownWords, type Inline, type Names } from "./text";

/** The table of safeguards beyond the technical ones, with what people have attested of the controls that are its evidence. */
export function otherSafeguardsPart({ controls }: Assessment, names: Names): Block[] {
  const attested = new Map(controls.map(({ id, seen }) => [id, seen.attested]));
  return [
    heading(2, "Other safeguards"),
    paragraph(
      "Other safeguards of the Security Rule (45 CFR Part 164, Subpart C) touch this cache too. They are your organisation's, or inherited from AWS. The table says what the cache contributes to each, and what shows it.",
    ),
    table(
      [
        ["Safeguard", 15],
        ["45 CFR", 20],
        ["Your organisation's part", 21],
        ["What the cache contributes", 22],
        ["Evidence", 22],
      ],
      otherSafeguards.map((safeguard) => [
        safeguard.name,
        safeguard.paragraphs.join(", "),
        ownWords(safeguard.organisation, names),
        ownWords(safeguard.cache, names),
        evidenceOf(safeguard, attested, names),
      ]),
    ),
  ];
}

function evidenceOf(
  { evidence }: OtherSafeguard,
  attested: ReadonlyMap<string, readonly string[]>,
  names: Names,
): Inline[] {
  const words = [...evidence.matchAll(/`([a-z-]+)`/g)].flatMap(([, id = ""]) =>
    (attested.get(id) ?? []).flatMap((one): Inline[] => [" Attested (", names.get(id) ?? id, `): ${one}.`]),
  );
  return [...ownWords(evidence, names), ...words];
}
