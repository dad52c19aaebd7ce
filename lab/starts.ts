import { appendFileSync } from "node:fs";

/** What is dear to start, and is counted where a run of the tests asks for it (test/starts.json). */
export type Started = "boots" | "engineRuns" | "localStacks" | "plugins" | "awsCliRuns";

/** Names the file to which each start adds a line; unset where nobody counts. */
export const startsFileVariable = "TEST_STARTS_FILE";

/** Writes one start down, if somebody counts. */
export function countStart(what: Started): void {
  const file = process.env[startsFileVariable];
  if (file !== undefined && file !== "") appendFileSync(file, `${what}\n`);
}

/** The same, as a line of sh(1). */
export function countStartInShell(what: Started): string {
  return `[ -z "\${${startsFileVariable}:-}" ] || echo ${what} >>"$${startsFileVariable}"`;
}
