import type { Measured } from "./figures.js";

/** Runs of a fault with these gaps, and with whatever else differs, for tests. */
export function runsOf(gapsMs: readonly number[], others: Partial<Measured> = {}): Measured[] {
  return gapsMs.map((gapMs) => ({
    name: "its Redis is killed",
    manner: "quick",
    planned: false,
    tunnel: "haproxy",
    gapMs,
    acknowledged: 1000,
    failed: 300,
    longestFailureMs: 410,
    lost: 0,
    mayLose: 0,
    ...others,
  }));
}
