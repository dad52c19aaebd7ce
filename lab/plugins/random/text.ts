import { randomInt } from "node:crypto";

export interface TextRules {
  length: number;
  lower: boolean;
  upper: boolean;
  numeric: boolean;
  special: boolean;
  minLower: number;
  minUpper: number;
  minNumeric: number;
  minSpecial: number;
  overrideSpecial?: string;
}

const specialCharacters = "!@#$%&*()-_=+[]{}<>:?";

/** A text from the chosen classes with at least so many of each. Every choice is unbiased and cryptographically random. */
export function randomText(rules: TextRules): string {
  const special = rules.overrideSpecial ?? "";
  const classes = [
    { use: rules.lower, least: rules.minLower, from: "abcdefghijklmnopqrstuvwxyz" },
    { use: rules.upper, least: rules.minUpper, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { use: rules.numeric, least: rules.minNumeric, from: "0123456789" },
    { use: rules.special, least: rules.minSpecial, from: special === "" ? specialCharacters : special },
  ];
  const least = classes.reduce((sum, { least }) => sum + least, 0);
  if (!Number.isInteger(rules.length) || rules.length < Math.max(1, least)) {
    throw new Error(`length is ${rules.length}, must be a whole number of at least ${Math.max(1, least)}`);
  }
  const all = classes.map(({ use, from }) => (use ? from : "")).join("");
  if (all === "") throw new Error("at least one of lower, upper, numeric and special must be true");
  const characters = classes.flatMap(({ least, from }) => pick(least, from));
  return shuffled([...characters, ...pick(rules.length - least, all)]).join("");
}

function pick(count: number, from: string): string[] {
  const characters = Array.from(from);
  return Array.from({ length: count }, () => characters[randomInt(characters.length)] ?? "");
}

/** Fisher and Yates. */
function shuffled(items: readonly string[]): string[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? "", result[last] ?? ""];
  }
  return result;
}
