import { proposedRequirements } from "../../src/evidence/proposedRule.js";
import { paragraphs } from "../../src/evidence/regulation.js";

/** A paragraph of 45 CFR as something cites it, with what is written behind it. */
export interface Citation {
  readonly id: string;
  readonly behind: string;
}

/** Every paragraph that a text cites; a whole section, such as 164.312, is no paragraph. Line breaks and comments' stars are spaces. */
export function citations(text: string): Citation[] {
  const flat = text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, " ");
  const cited = [...flat.matchAll(/(?:proposed )?\b16[04]\.\d{3}(?:\([A-Za-z0-9]+\))*/g)];
  return cited.map((match) => ({ id: match[0], behind: flat.slice(match.index + match[0].length) }));
}

/** What is wrong with a citation, if anything: there is no such paragraph, or another one's title stands beside it. */
export function problemOf({ id, behind }: Citation): string | undefined {
  if (sections.has(id.replace("proposed ", ""))) return undefined;
  if (!titles.has(id)) return `${id} is not in the list`;
  const beside = titleBeside(behind);
  const own = titles.get(id) ?? "";
  return beside === undefined || own.startsWith(beside) ? undefined : `${id} is ${own}, not ${beside}`;
}

/** The longest title of any paragraph in force that stands directly behind a citation, in a cell or between brackets too. */
function titleBeside(behind: string): string | undefined {
  const words = /^(?:"?, (?:title: )?"?| \| | \(|:? )(.*)$/s.exec(behind)?.[1]?.toLowerCase() ?? "";
  return [...new Set(inForce.values())]
    .filter((title) => words.startsWith(title) && !/^[a-z-]/.test(words.slice(title.length)))
    .sort((a, b) => b.length - a.length)[0];
}

const inForce = new Map<string, string>(paragraphs.map(({ id, title }) => [id, title.toLowerCase()]));
const titles = new Map([
  ...inForce,
  ...proposedRequirements.map(({ id, title }): [string, string] => [id, title.toLowerCase()]),
]);
const sections: ReadonlySet<string> = new Set(
  paragraphs.flatMap(({ id }) => (id.includes("(") ? [id.slice(0, id.indexOf("("))] : [])),
);
