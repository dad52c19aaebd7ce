import { comeToRest } from "./comeToRest.js";
import { cpuMicroseconds } from "../../lab/machines/usage.js";
import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import { redisBenchmark, type BenchmarkLoad } from "../../lab/load/redisBenchmark.js";

export interface SteadyResult {
  readonly operationsPerSecond: number;
  /** Processor time for one operation, of each of the processes asked for. */
  readonly cpuMicroseconds: readonly number[];
}

/** How much longer the long run is at least, so that what handshakes vary by does not count. */
const leastOfShort = 4;

/** A long run that was too short is tried again with up to so many times the operations. */
const mostGrowth = 8;

/**
 * What operations cost once the connections stand, which an application keeps for days: redis-benchmark's clock also runs
 * while it connects, and fifty handshakes can take it longer than thousands of operations. A short run and a long one
 * begin alike, so what the long one takes more is its operations alone.
 */
export async function steadyLoad(
  fixture: Fixture,
  route: Route,
  load: Omit<BenchmarkLoad, "operations"> & { readonly seconds: number },
  pids: readonly number[],
): Promise<SteadyResult> {
  const { connections, pipeline, seconds } = load;
  const few = 1000 * pipeline;
  const run = async (operations: number): Promise<{ seconds: number; cpu: number[] }> => {
    const before = pids.map(cpuMicroseconds);
    const { operationsPerSecond } = await redisBenchmark(fixture, route, { connections, pipeline, operations });
    await comeToRest(pids);
    const cpu = pids.map((pid, index) => cpuMicroseconds(pid) - (before[index] ?? 0));
    return { seconds: operations / operationsPerSecond, cpu };
  };
  // Whatever comes first after a start, memory above all, is not the rule.
  await run(few);
  const short = await run(few);
  const leastSeconds = Math.max(seconds, leastOfShort * short.seconds);
  for (let more = mostGrowth * few; ;) {
    const long = await run(few + more);
    const steadySeconds = long.seconds - short.seconds;
    if (steadySeconds >= leastSeconds) {
      return {
        operationsPerSecond: more / steadySeconds,
        cpuMicroseconds: long.cpu.map((used, index) => (used - (short.cpu[index] ?? 0)) / more),
      };
    }
    more *= Math.ceil(Math.min(mostGrowth, Math.max(1.5, leastSeconds / Math.max(steadySeconds, 0.001))));
  }
}
