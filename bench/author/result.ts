/** One figure of a run, as it stands in `bench/out/author.json`. */
export interface Result {
  readonly name: string;
  /** The median of the rounds. */
  readonly value: number;
  readonly unit: string;
  /** What the figure must not exceed; a figure without a goal is there to be seen. */
  readonly goal?: number;
  readonly met?: boolean;
  readonly rounds: number;
  /** The smallest and the largest of the rounds. */
  readonly spread: readonly [number, number];
}

/** Sums the rounds of one figure. `goal` is the most that its median may be. */
export function result(name: string, unit: string, rounds: readonly number[], goal?: number): Result {
  const sorted = [...rounds].sort((one, other) => one - other);
  const value = median(sorted);
  const spread = [rounded(sorted[0] ?? NaN), rounded(sorted.at(-1) ?? NaN)] as const;
  const figure = { name, value: rounded(value), unit, rounds: rounds.length, spread };
  return goal === undefined ? figure : { ...figure, goal, met: value <= goal };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error("A figure needs at least one round.");
  return (low + high) / 2;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
