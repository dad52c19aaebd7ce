import type { Costs } from "../../lab/load/watch.js";
import type { ByProcess, Profile } from "./profile.js";

/** What some of the processes did for an operation, together. */
export interface Sum {
  readonly calls: number;
  readonly wakeUps: number;
  readonly cpuMicroseconds: number;
}

export const endsOfTunnel = ["client tunnel", "server tunnel"] as const;

/** Every process on the way of a command, in its order. */
export const processes = ["application", ...endsOfTunnel, "Redis"] as const;

/** Undefined where none of them is on this way. System calls are perf's, and strace's where perf counts none. */
export function sumOf({ usage, calls, traced }: Profile, names: readonly string[]): Sum | undefined {
  if (!names.some((name) => name in usage)) return undefined;
  const sum = (costs: ByProcess, of: (one: Costs) => number): number => add(names.map((name) => of(costs[name] ?? {})));
  return {
    calls: sum(calls ?? traced, (one) => add(Object.values(one))),
    wakeUps: sum(usage, ({ wakeUps = 0 }) => wakeUps),
    cpuMicroseconds: sum(usage, ({ cpuMicroseconds = 0 }) => cpuMicroseconds),
  };
}

function add(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
