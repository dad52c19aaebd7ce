import { isRecord, twiceProblems, type Check } from "./check";
import { isLater } from "./leaves";
import { nameProblems, type nameRules } from "./names";
import { quoted } from "./problems";

/** An object of one value at least, each by a name of the caller's own, and each known value once unless they may repeat. */
export function named(
  kind: keyof typeof nameRules,
  valueOf: Check,
  values: "are different" | "may repeat" = "are different",
): Check {
  return (path, value) => {
    if (!isRecord(value) || isLater(value))
      return [{ path, got: notNamed(value), allowed: "Give an object with a name for each." }];
    const entries = Object.entries(value);
    if (entries.length === 0) return [{ path, got: "an empty object", allowed: "Give at least one." }];
    const problems = entries.flatMap(([name, one]) => [
      ...nameProblems(kind, `${path}, a name`, name),
      ...valueOf(`${path}.${name}`, one),
    ]);
    if (problems.length > 0 || values === "may repeat") return problems;
    return twiceProblems(entries.map(([name, one]) => [`${path}.${name}`, one]));
  };
}

function notNamed(value: unknown): string {
  return Array.isArray(value) ? "a list" : quoted(value);
}
