import { isRecord, type Check } from "./check";
import { isLater } from "./leaves";
import { kindOf, type Problem } from "./problems";

/** AWS allows a resource 50 tags; ours has a `Name` (Tag Editor User Guide, "Tag naming limits and requirements"). */
const mostTags = 49;

const characters = "letters, digits, spaces and _ . : / = + - @";
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags as AWS takes them, whose names and values are nobody's to show. */
export const tags: Check = (path, value) => {
  if (value === undefined) return [];
  if (!isRecord(value)) return [{ path, got: kindOf(value), allowed: "Give an object whose values are strings." }];
  const entries = Object.entries(value);
  if (entries.length > mostTags) {
    return [
      { path, got: `${entries.length} tags`, allowed: `Give at most ${mostTags}: AWS allows 50, and Name is one.` },
    ];
  }
  return entries.flatMap(([name, text], index) =>
    isName(name) ? valueProblems(`${path}.${name}`, text) : [nameProblem(path, index)],
  );
};

function isName(name: string): boolean {
  return pattern.test(name) && name.length > 0 && name.length <= 128 && !/^aws:/i.test(name);
}

function nameProblem(path: string, index: number): Problem {
  const allowed = `A tag's name has 1 to 128 ${characters}, and does not begin with aws: (these are AWS's own).`;
  return { path, got: `another name as number ${index + 1}`, allowed };
}

function valueProblems(path: string, text: unknown): Problem[] {
  if (isLater(text)) return [];
  if (typeof text !== "string") {
    return [{ path, got: kindOf(text), allowed: "A tag's value is a string: put it in quotes." }];
  }
  if (pattern.test(text) && text.length <= 256) return [];
  return [{ path, got: "another string", allowed: `A tag's value has at most 256 ${characters}.` }];
}
