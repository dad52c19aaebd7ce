import { csv } from "../../evidence/csv";
import type { Entry } from "./entry";

const columns = ["time", "kind", "source", "who", "from", "what"] as const satisfies readonly (keyof Entry)[];

/** The entries of an extract as CSV, with a row of names first. */
export function entriesCsv(entries: readonly Entry[]): string {
  return csv([columns, ...entries.map((entry) => columns.map((column) => entry[column]))]);
}
