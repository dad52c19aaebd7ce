import { isRecord, type Check } from "./check";
import { isLater } from "./leaves";
import { nameProblems, type nameRules } from "./names";
import { quoted, type Problem } from "./problems";

/** An object of one value at least, each by a name of the caller's own, and each known value once. */
export function named(kind: keyof typeof nameRules, valueOf: Check): Check {
  return (path, value) => {
    if (!isRecord(value) || isLater(value))
      return [{ path, got: notNamed(value), allowed: "Give an object with a name for each." }];
    const entries = Object.entries(value);
    if (entries.length === 0) return [{ path, got: "an empty object", allowed: "Give at least one." }];
    const problems = entries.flatMap(([name, one]) => [
      ...nameProblems(kind, `${path}, a name`, name),
      ...valueOf(`${path}.${name}`, one),
    ]);
    return problems.length > 0 ? problems : twiceProblems(path, entries);
  };
}

function notNamed(value: unknown): string {
  return Array.isArray(value) ? "a list" : quoted(value);
}

/** A value that is only known later is AWS's to compare. */
function twiceProblems(path: string, entries: readonly (readonly [string, unknown])[]): Problem[] {
  return entries.flatMap(([name, value], index) => {
    const first = entries.findIndex(([, other]) => other === value);
    if (first === index || typeof value !== "string") return [];
    const allowed = `It is already at ${path}.${entries[first]?.[0] ?? ""}: give each only once.`;
    return [{ path: `${path}.${name}`, got: quoted(value), allowed }];
  });
}
