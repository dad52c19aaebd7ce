import { otherNameProblems } from "./otherNames";
import { quoted, type Problem } from "./problems";

/** What is wrong with the value of an argument, `undefined` where it was left out. The path is how problems name it. */
export type Check = (path: string, value: unknown) => readonly Problem[];

/** A check for each argument of a set, in the order in which problems are told. An argument that has none does not compile. */
export type Checks<Arguments> = { readonly [Name in keyof Required<Arguments>]: Check };

/** What is wrong with each argument of a set by itself, and with names that are none of its arguments'. */
export function argumentsProblems(path: string, checks: object, given: unknown): Problem[] {
  if (!isRecord(given)) return [{ path: path || "args", got: quoted(given), allowed: anObjectOf(checks) }];
  const others = otherNameProblems((name) => within(path, name), given, Object.keys(checks));
  return [...others, ...checkEach(checks, path, given)];
}

/** Those of its arguments that have to be given are the ones that may not be nothing. */
function anObjectOf(checks: object): string {
  const needed = Object.entries(checks as Readonly<Record<string, Check>>)
    .filter(([name, check]) => check(name, undefined).length > 0)
    .map(([name]) => name);
  return needed.length === 0 ? "Give an object." : `Give an object with ${needed.join(", ")}.`;
}

/** What is wrong with each value of a record that may have others. */
export function checkEach(checks: object, path: string, given: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(checks as Readonly<Record<string, Check>>).flatMap(([name, check]) =>
    check(within(path, name), given[name]),
  );
}

function within(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** An argument that is an object of arguments. */
export function argumentsIn<Arguments extends object>(checks: Checks<Arguments>): Check {
  return (path, value) => argumentsProblems(path, checks, value);
}

export function optional(check: Check): Check {
  return (path, value) => (value === undefined ? [] : check(path, value));
}

/** A list, empty or not, whose entries are checked each by itself, and together where each of them is sound. */
export function anyList(entry: Check, together: Check = () => []): Check {
  return (path, value) => {
    if (!Array.isArray(value)) {
      return [{ path, got: quoted(value), allowed: "Give a list of plain values." }];
    }
    const problems = value.flatMap((one: unknown, index) => entry(`${path}[${index}]`, one));
    return problems.length > 0 ? problems : together(path, value);
  };
}

/** A list of one entry at least. */
export function list(entry: Check, together?: Check): Check {
  const check = anyList(entry, together);
  return (path, value) =>
    Array.isArray(value) && value.length === 0
      ? [{ path, got: "an empty list", allowed: "Give at least one." }]
      : check(path, value);
}

/** Several checks of one value, all of whose problems are told. */
export function every(...checks: readonly Check[]): Check {
  return (path, value) => checks.flatMap((check) => check(path, value));
}

/** Each value once. */
export function once(nameOf: (entry: unknown) => unknown = (entry) => entry, within = ""): Check {
  return (path, value) =>
    twiceProblems((value as readonly unknown[]).map((entry, index) => [`${path}[${index}]${within}`, nameOf(entry)]));
}

/** The values, each with its path, that were there before. Values that are only known later are AWS's to compare. */
export function twiceProblems(values: readonly (readonly [path: string, value: unknown])[]): Problem[] {
  return values.flatMap(([path, value], index) => {
    const first = values.findIndex(([, other]) => other === value);
    if (first === index || typeof value !== "string") return [];
    const allowed = `It is already at ${values[first]?.[0] ?? ""}: give each only once.`;
    return [{ path, got: quoted(value), allowed }];
  });
}

/** At most so many entries. */
export function atMost(most: number, what: string, instead: string): Check {
  return (path, value) => {
    const { length } = value as readonly unknown[];
    return length <= most ? [] : [{ path, got: `${length} ${what}`, allowed: `Give at most ${most}${instead}` }];
  };
}

/** A whole number in a range, in words that say of what: `a whole number of minutes`, `(a day)`. */
export function wholeNumber(least: number, most: number, unit = "", more = "."): Check {
  return (path, value) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return [];
    const allowed = `Give a whole number${unit && ` of ${unit}`} from ${least} to ${most}${more}`;
    return [{ path, got: quoted(value), allowed }];
  };
}

/** True, false or left out. */
export const flag: Check = optional((path, value) =>
  typeof value === "boolean" ? [] : [{ path, got: quoted(value), allowed: "Give true or false." }],
);

/** One of some words; `because` says why it can't be another. */
export function oneOf(words: readonly string[], because = "."): Check {
  const allowed = `Give ${words.map((word) => JSON.stringify(word)).join(" or ")}${because}`;
  return (path, value) => (words.some((word) => word === value) ? [] : [{ path, got: quoted(value), allowed }]);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
