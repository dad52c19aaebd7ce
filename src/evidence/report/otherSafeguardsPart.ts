import type { Assessment } from "../assess";
import { otherSafeguards, type OtherSafeguard } from "../otherSafeguards";
import { paragraphOf } from "../regulation";
import { heading, paragraph, table, type Block } from "./blocks";

/** The table of safeguards beyond the technical ones, with what people have attested of the controls that are its evidence. */
export function otherSafeguardsPart({ controls }: Assessment): Block[] {
  const attested = new Map(controls.map(({ id, seen }) => [id, seen.attested]));
  return [
    heading(2, "Other safeguards"),
    paragraph(
      "Other safeguards of the Security Rule (45 CFR Part 164, Subpart C) touch this cache too. They are your organisation's, or inherited from AWS. The table says what the cache contributes to each, and what shows it.",
    ),
    table(
      ["Safeguard", "Paragraphs", "Your organisation's part", "What the cache contributes", "Evidence"],
      otherSafeguards.map((safeguard) => [
        safeguard.name,
        safeguard.paragraphs.map((id) => `${id} ${paragraphOf(id).title}`).join("; "),
        safeguard.organisation,
        safeguard.cache,
        evidenceOf(safeguard, attested),
      ]),
    ),
  ];
}

function evidenceOf({ evidence }: OtherSafeguard, attested: ReadonlyMap<string, readonly string[]>): string {
  const words = [...evidence.matchAll(/`([a-z-]+)`/g)].flatMap(([, id = ""]) =>
    (attested.get(id) ?? []).map((one) => `Attested (${id}): ${one}.`),
  );
  return [evidence, ...words].join(" ");
}
