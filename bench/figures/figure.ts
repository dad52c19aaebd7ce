import type { Goal, Round } from "./result.js";

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly goal?: Goal;
  /** Its value in one round; undefined where the round has not measured it. */
  readonly of: (round: Round) => number | undefined;
}

export function plain(name: string, unit: string, goal?: Goal): Figure {
  return { name, unit, ...(goal && { goal }), of: (round) => round.get(name) };
}

/** One figure by another of the same round. */
export function ratio(name: string, base: string, goal?: Goal): Figure {
  return {
    name: `${name} / ${base}`,
    unit: "ratio",
    ...(goal && { goal }),
    of: both(name, base, (value, against) => value / against),
  };
}

/** How much later than another of the same round. */
export function later(name: string, base: string, goal?: Goal): Figure {
  return {
    name: `${name} − ${base}`,
    unit: "µs",
    ...(goal && { goal }),
    of: both(name, base, (value, against) => value - against),
  };
}

function both(name: string, base: string, of: (value: number, against: number) => number): Figure["of"] {
  return (round) => {
    const [value, against] = [round.get(name), round.get(base)];
    return value === undefined || against === undefined ? undefined : of(value, against);
  };
}
