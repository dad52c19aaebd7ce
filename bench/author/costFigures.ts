import { result, type Result } from "../figures/result.js";
import type { Cost } from "./previews.js";

export const figures = {
  seconds: { what: "time", unit: "s" },
  cpuSeconds: { what: "CPU of the program", unit: "s" },
  maxRssMb: { what: "memory of the program", unit: "MB" },
} as const;
type Figure = keyof typeof figures;
export const figureNames = Object.keys(figures) as Figure[];

/** What all rounds of one number of caches, or shards, have cost. */
export interface Sized {
  readonly count: number;
  readonly costs: readonly Cost[];
}

/** What one more costs between the two larger of three numbers, beside between the two smaller ones. */
export function linearity(what: string, rows: readonly Sized[]): Result[] {
  const [small, middle, large] = rows.slice(-3);
  if (small === undefined || middle === undefined || large === undefined) return [];
  const [from, to] = [`${small.count} to ${middle.count}`, `${middle.count} to ${large.count}`];
  return figureNames.map((figure) => {
    const slopes = (one: Sized, other: Sized): number[] =>
      other.costs.map(
        (cost, round) => (cost[figure] - (one.costs[round]?.[figure] ?? NaN)) / (other.count - one.count),
      );
    const first = slopes(small, middle);
    const ratios = slopes(middle, large).map((slope, round) => slope / (first[round] ?? NaN));
    return result(`${what} more from ${to}, ratio to one more from ${from}: ${figures[figure].what}`, "ratio", ratios, {
      atMost: 1.1,
    });
  });
}
