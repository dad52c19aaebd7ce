import { median, spread } from "../../lab/load/statistics.js";

/** A bound that a figure is held against. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** A row of the JSON files in `bench/out`. */
export interface Result {
  readonly name: string;
  /** The median of the rounds. */
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly met: boolean | null;
  readonly rounds: number;
  /** Half of the distance between the quartiles. */
  readonly spread: number;
}

/** Sums the rounds of one figure. A figure without a goal is there to be seen. */
export function result(name: string, unit: string, values: readonly number[], goal?: Goal): Result {
  const value = median(values);
  const counted = { rounds: values.length, spread: spread(values) };
  return { name, value, unit, goal: goalText(goal), met: goal ? meets(value, goal) : null, ...counted };
}

function goalText(goal: Goal | undefined): string | null {
  if (goal === undefined) return null;
  return "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

function meets(value: number, goal: Goal): boolean {
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** What one round has measured, by name, such as `stunnel.throughput50`. */
export type Round = ReadonlyMap<string, number>;
