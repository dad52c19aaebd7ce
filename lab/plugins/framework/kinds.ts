import { isDeepStrictEqual } from "node:util";
import { unknownValue } from "./values.js";
import type { PropertyBag, Value } from "./values.js";

/** What a property may hold. `json` is a document given as text or as an object. */
export type Kind =
  | "string"
  | "number"
  | "boolean"
  | "json"
  | { kind: "oneOf"; values: readonly string[] }
  | { kind: "list" | "set" | "map"; of: Kind }
  | { kind: "object"; fields: Record<string, Kind>; required: readonly string[] };

export const oneOf = (...values: string[]): Kind => ({ kind: "oneOf", values });
export const list = (of: Kind): Kind => ({ kind: "list", of });
/** A list in which the order does not matter. */
export const set = (of: Kind): Kind => ({ kind: "set", of });
export const map = (of: Kind): Kind => ({ kind: "map", of });
export const object = (fields: Record<string, Kind>, required: readonly string[] = []): Kind => ({
  kind: "object",
  fields,
  required,
});

export interface Problem {
  path: string;
  reason: string;
}

/** Everything that is wrong with a value. Unknown names are problems: nothing is ever ignored. */
function problemsOf(kind: Kind, value: Value, path: string): Problem[] {
  if (value === unknownValue) return [];
  if (kind === "json") return jsonProblems(value, path);
  if (typeof kind === "string") return typeof value === kind ? [] : [expected(path, `a ${kind}`, value)];
  switch (kind.kind) {
    case "oneOf":
      return kind.values.includes(value as string)
        ? []
        : [{ path, reason: `is ${JSON.stringify(value)}, allowed: ${kind.values.join(", ")}` }];
    case "list":
    case "set":
      if (!Array.isArray(value)) return [expected(path, "a list", value)];
      return value.flatMap((item, index) => problemsOf(kind.of, item, `${path}[${index}]`));
    case "map":
      if (!isObject(value)) return [expected(path, "a map", value)];
      return Object.entries(value).flatMap(([key, item]) => problemsOf(kind.of, item, `${path}.${key}`));
    case "object":
      if (!isObject(value)) return [expected(path, "an object", value)];
      return bagProblems(kind.fields, kind.required, value, `${path}.`);
  }
}

/** The problems of a whole set of named properties. */
export function bagProblems(
  fields: Record<string, Kind>,
  required: readonly string[],
  bag: PropertyBag,
  prefix = "",
): Problem[] {
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(bag)) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind !== undefined) problems.push(...problemsOf(kind, value, prefix + name));
    else {
      const reason = `unknown property; known here: ${Object.keys(fields).sort().join(", ")}`;
      problems.push({ path: prefix + name, reason });
    }
  }
  for (const name of required) {
    if (!Object.hasOwn(bag, name)) problems.push({ path: prefix + name, reason: "is required" });
  }
  return problems;
}

/** Whether a value that is there is what is wanted. Of an object only the wanted fields count: the rest is computed. */
export function matches(kind: Kind, wanted: Value, actual: Value | undefined): boolean {
  if (actual === undefined || wanted === unknownValue) return false;
  if (kind === "json") return isDeepStrictEqual(parsed(wanted), parsed(actual));
  if (typeof kind === "string" || kind.kind === "oneOf") return wanted === actual;
  if (kind.kind === "list" || kind.kind === "set") {
    if (!Array.isArray(wanted) || !Array.isArray(actual) || wanted.length !== actual.length) return false;
    const [left, right] = kind.kind === "set" ? [sorted(wanted), sorted(actual)] : [wanted, actual];
    return left.every((item, index) => matches(kind.of, item, right[index]));
  }
  if (!isObject(wanted) || !isObject(actual)) return false;
  if (kind.kind !== "object") return isDeepStrictEqual({ ...wanted }, { ...actual });
  const { fields } = kind;
  return Object.entries(wanted).every(([name, item]) => {
    const field = fields[name];
    return field !== undefined && matches(field, item, actual[name]);
  });
}

function jsonProblems(value: Value, path: string): Problem[] {
  if (isObject(value)) return [];
  try {
    if (typeof value === "string" && typeof JSON.parse(value) === "object") return [];
  } catch {
    // Reported below.
  }
  return [{ path, reason: "is no JSON document" }];
}

function parsed(value: Value): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function expected(path: string, what: string, value: Value): Problem {
  const got = Array.isArray(value) ? "a list" : value === null ? "nothing" : `a ${typeof value}`;
  return { path, reason: `must be ${what}, got ${got}` };
}

function isObject(value: Value): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(items: readonly Value[]): Value[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
