import { changed, type Edit } from "./change.js";

/** Every fault that a line of a shell script can be given, by patterns: a shell has no syntax tree here. */
export function shellChanges(source: string): (Edit & { kind: string })[] {
  const found = new Map<string, Edit & { kind: string }>();
  let start = 0;
  for (const line of source.split("\n")) {
    if (!/^\s*(#|$)/.test(line)) {
      for (const { kind, pattern, text } of shellMutators) {
        for (const match of line.matchAll(pattern)) {
          const from = start + match.index;
          const edit = { start: from, end: from + match[0].length, text: text(match[0]) };
          const result = changed(source, edit);
          if (result !== source && !found.has(result)) found.set(result, { kind, ...edit });
        }
      }
    }
    start += line.length + 1;
  }
  return [...found.values()];
}

interface ShellMutator {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly text: (match: string) => string;
}

const shellMutators: readonly ShellMutator[] = [
  // A whole command on a line of its own: none that a block or the next line goes on from.
  {
    kind: "command dropped",
    pattern:
      /(?<=^\s*)(?!if |while |for |case |else|fi\b|done\b|esac\b|[})"'{])[^\s].*(?<!\\|\||&&|\bthen|\bdo|[({]|;;)$/g,
    text: () => ":",
  },
  { kind: "second command dropped", pattern: / (\|\||&&) .*(?<!\\|\||;|\bthen|\bdo|[({])$/g, text: () => "" },
  { kind: "and, or exchanged", pattern: / (\|\||&&) /g, text: exchanged({ " || ": " && ", " && ": " || " }) },
  { kind: "test negated", pattern: /(?<![^\s(])\[ /g, text: () => "! [ " },
  { kind: "negation dropped", pattern: /(?<![^\s(])! /g, text: () => "" },
  {
    kind: "comparison changed",
    pattern: / -(eq|ne|gt|ge|lt|le) /g,
    text: exchanged({ eq: "ne", ne: "eq", gt: "ge", ge: "gt", lt: "le", le: "lt" }),
  },
  {
    kind: "number changed",
    pattern: /(?<![\w$.\-{&@])\d+(?![\w>.])/g,
    text: (match) => String(Number(match) + 1),
  },
  { kind: "option dropped", pattern: /(?<=\w) --?[A-Za-z][\w-]*(?==|\s|$)(=\S+)?/g, text: () => "" },
  { kind: "text changed", pattern: /'[^']+'/g, text: () => "''" },
  {
    kind: "calculation changed",
    pattern: /(?<=\w\)?) [-*/+] (?=[\w$(])/g,
    text: (match) => (match === " - " ? " + " : " - "),
  },
];

function exchanged(others: Readonly<Record<string, string>>): (match: string) => string {
  return (match) =>
    Object.entries(others).reduce((done, [one, other]) => (done === match ? done.replace(one, other) : done), match);
}
