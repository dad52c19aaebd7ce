import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Started } from "../../lab/starts.js";

/** How often each of the dear things was started. */
export type Starts = Readonly<Partial<Record<Started, number>>>;

/** What a layer starts, as committed; nothing where it is not in the table. */
export function committedStarts(layer: string): Starts {
  const file = join(import.meta.dirname, "..", "starts.json");
  const table = JSON.parse(readFileSync(file, "utf8")) as Record<string, Starts>;
  return table[layer] ?? {};
}

/** Counts the lines that `countStart` has left in a file. */
export function readStarts(file: string): Starts {
  const starts: Partial<Record<Started, number>> = {};
  if (!existsSync(file)) return starts;
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const what = line as Started;
    starts[what] = (starts[what] ?? 0) + 1;
  }
  return starts;
}

/** What was started more often than the table has it, a line each; empty where nothing was. */
export function excessOf(found: Starts, committed: Starts): string[] {
  const names = Object.keys(found).sort() as Started[];
  return names
    .filter((name) => (found[name] ?? 0) > (committed[name] ?? 0))
    .map((name) => `${name}: ${found[name] ?? 0}, test/starts.json has ${committed[name] ?? 0}`);
}

/** On one line, for people. */
export function shownStarts(starts: Starts): string {
  return Object.entries(starts)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
