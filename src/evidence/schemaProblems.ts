import type { z } from "zod";
import { kindOf } from "../arguments/problems";
import { printable } from "./printable";

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with a value from a file, a line for each field: its path, and what is allowed there. The value itself is
 * not shown, since a wrong file may hold anything.
 */
export function schemaProblems({ issues }: z.ZodError, value: unknown): string {
  return issues
    .map((issue) => `  * ${pathText(issue.path)}: ${problemOf(issue, valueAt(value, issue.path))}`)
    .join("\n");
}

function problemOf(issue: Issue, got: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `there is no such field as ${list(issue.keys.map(shown), "and")}.`;
    case "custom":
      return issue.message;
    default:
      return got === undefined ? `is missing. ${allowed(issue)}` : `got ${kindOf(got)}. ${allowed(issue)}`;
  }
}

function allowed(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `Give ${kinds[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `Give ${list(issue.values.map(shown), "or")}.`;
    case "too_small":
      return `Give at least ${issue.minimum}.`;
    case "invalid_format":
      if (!issue.message.startsWith("Invalid")) return issue.message;
      return forms[issue.format] ?? "This is not the form in which this library writes it.";
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  object: "an object",
  record: "an object",
  string: "a string",
  number: "a number",
};

const forms: Readonly<Record<string, string>> = {
  datetime: 'Give a date and time (RFC 3339), such as "2026-11-26T12:00:00Z".',
  date: 'Give a date, such as "2026-11-26".',
  ipv4: "Give an IPv4 address.",
};

function shown(value: unknown): string {
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

function list(items: readonly string[], word: string): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** Such as `deployed.nodes[0].instanceId`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${printable(String(key))}`)).join("");
  return text === "" ? "the whole" : text.replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((one, key) => (one as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}
