import { median } from "../../lab/load/statistics.js";
import type { Manner } from "../../lab/replicas/writes.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** What one run of a case has shown, as it is kept in `bench/out`. */
export interface Measured {
  /** What happened to the primary. */
  readonly name: string;
  readonly manner: Manner;
  readonly planned: boolean;
  readonly tunnel: TunnelEngine;
  /** The longest time between two acknowledged writes of one client. */
  readonly gapMs: number;
  /** Writes of all clients. */
  readonly acknowledged: number;
  readonly failed: number;
  readonly longestFailureMs: number;
  /** Of those that were acknowledged. */
  readonly lost: number;
  readonly mayLose: number;
}

/** All runs of one case by one tunnel. */
export interface Row extends Pick<Measured, "name" | "manner" | "planned" | "tunnel" | "mayLose"> {
  readonly gapsMs: readonly number[];
  readonly medianGapMs: number;
  readonly longestGapMs: number;
  readonly acknowledged: number;
  /** The median. */
  readonly failed: number;
  readonly mostFailed: number;
  readonly longestFailureMs: number;
  readonly lost: number;
  readonly mostLost: number;
  /** Whether the median is within the goal; what is planned has none. */
  readonly met: boolean | null;
}

/** An application writes again within it, in the median of the runs. */
export const goalMs = 5000;

/** Sums the runs, by cases and within a case by tunnels, each in the order in which they came first. */
export function rowsOf(measured: readonly Measured[]): Row[] {
  const caseOf = ({ name, manner }: Measured): string => `${name} ${manner}`;
  return [...new Set(measured.map(caseOf))].flatMap((one) =>
    [...new Set(measured.map(({ tunnel }) => tunnel))].flatMap((tunnel) => {
      const runs = measured.filter((run) => caseOf(run) === one && run.tunnel === tunnel);
      const [first] = runs;
      return first === undefined ? [] : [rowOf(first, runs)];
    }),
  );
}

function rowOf({ name, manner, planned, tunnel, mayLose }: Measured, runs: readonly Measured[]): Row {
  const gapsMs = runs.map(({ gapMs }) => gapMs);
  const medianGapMs = median(gapsMs);
  return {
    name,
    manner,
    planned,
    tunnel,
    mayLose,
    gapsMs,
    medianGapMs,
    longestGapMs: Math.max(...gapsMs),
    acknowledged: sum(runs.map(({ acknowledged }) => acknowledged)),
    failed: median(runs.map(({ failed }) => failed)),
    mostFailed: Math.max(...runs.map(({ failed }) => failed)),
    longestFailureMs: Math.max(...runs.map(({ longestFailureMs }) => longestFailureMs)),
    lost: sum(runs.map(({ lost }) => lost)),
    mostLost: Math.max(...runs.map(({ lost }) => lost)),
    met: planned ? null : medianGapMs <= goalMs,
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
