import { isRecord } from "./check";
import { isLater } from "./leaves";
import type { Problem } from "./problems";

/** What makes another value of one that is only known later, and knows its path. */
type Replace = (path: string, later: unknown) => unknown;

/** The same arguments, in which each value that is only known later is replaced. Only leaves may be such values. */
export function replaceLater(given: unknown, replace: Replace, path = ""): unknown {
  if (isLater(given)) return replace(path, given);
  if (Array.isArray(given)) {
    return given.map((one: unknown, index) => replaceLater(one, replace, `${path}[${index}]`));
  }
  if (!isRecord(given)) return given;
  const entries = Object.entries(given);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, replaceLater(one, replace, path === "" ? name : `${path}.${name}`)]),
  );
}

const nothing = "an output of nothing, such as one that another stack does not export";

/**
 * What is wrong with arguments once the value at a path is known, by the check that judges plain ones. Nothing is refused where the
 * argument may be left out as well: that it is there was decided before, in the plan.
 *
 * @param isSecret Then nothing of what was got is told.
 */
export function problemsOnceKnown<Given>(
  problemsOf: (given: Given) => readonly Problem[],
  given: Given,
  known: { readonly path: string; readonly value: unknown; readonly isSecret: boolean },
): Problem[] {
  const value = known.value ?? null;
  const filledIn = replaceLater(given, (path, later) => (path === known.path ? value : later)) as Given;
  return problemsOf(filledIn).map((problem) => {
    if (value === null && problem.path === known.path) return { ...problem, got: nothing };
    return known.isSecret ? { ...problem, got: "a secret value" } : problem;
  });
}
