import Table from "cli-table3";
import type { Result } from "../figures/result.js";
import { rounded } from "./rounded.js";

/** Prints every figure of a run as a table. */
export function printResults(found: readonly Result[]): void {
  const plainStyle = { head: [], border: [] };
  const table = new Table({ head: ["figure", "median", "spread", "unit", "goal", "met"], style: plainStyle });
  for (const { name, value, spread, unit, goal, met } of found) {
    const verdict = met === null ? "" : met ? "yes" : "NO";
    table.push([name, rounded(value), `± ${rounded(spread)}`, unit, goal ?? "", verdict]);
  }
  console.log(table.toString());
}
