import { closest, distance } from "fastest-levenshtein";
import { kindOf, type Problem } from "./problems";

/** Whoever means one of the names has mistyped at most so many of its letters. */
const mostMistyped = 0.4;

/**
 * A problem for each name that a set of arguments may not have: what was meant by it would be left out in silence. Its value is not
 * shown, as nobody knows what it is.
 */
export function otherNameProblems(
  within: (name: string) => string,
  given: object,
  names: readonly string[],
): Problem[] {
  return Object.entries(given)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => ({ path: within(name), got: kindOf(value), allowed: instead(name, names) }));
}

function instead(name: string, names: readonly string[]): string {
  const near = closest(
    name.toLowerCase(),
    names.map((one) => one.toLowerCase()),
  );
  const meant = names.find((one) => one.toLowerCase() === near) ?? "";
  return distance(name.toLowerCase(), near) <= mostMistyped * meant.length
    ? `There is no such argument: did you mean ${meant}?`
    : `There is no such argument. Give ${names.join(", ")}.`;
}
