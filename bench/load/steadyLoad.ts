import { cpuMicroseconds } from "../machines/usage.js";
import type { Road } from "../rivals/rival.js";
import type { World } from "../rivals/world.js";
import { redisBenchmark, type BenchmarkLoad } from "./redisBenchmark.js";

export interface SteadyResult {
  readonly operationsPerSecond: number;
  /** Processor time for one operation, of each of the processes asked for. */
  readonly cpuMicroseconds: readonly number[];
}

/**
 * What operations cost once the connections stand, which an application keeps for days: redis-benchmark's clock also runs
 * while it connects, and fifty handshakes can take it longer than thousands of operations. A short run and a long one
 * begin alike, so what the long one takes more is its operations alone.
 */
export async function steadyLoad(
  world: World,
  road: Road,
  load: Omit<BenchmarkLoad, "operations"> & { readonly seconds: number },
  pids: readonly number[],
): Promise<SteadyResult> {
  const { connections, pipeline, seconds } = load;
  const few = 1000 * pipeline;
  const run = async (operations: number): Promise<{ seconds: number; cpu: number[] }> => {
    const before = pids.map(cpuMicroseconds);
    const { operationsPerSecond } = await redisBenchmark(world, road, { connections, pipeline, operations });
    const cpu = pids.map((pid, index) => cpuMicroseconds(pid) - (before[index] ?? 0));
    return { seconds: operations / operationsPerSecond, cpu };
  };
  const guess = await run(few);
  const short = await run(few);
  // The guess is low where handshakes are dear.
  const more = Math.round((2 * seconds * few) / guess.seconds);
  const long = await run(few + more);
  if (!(long.seconds > short.seconds))
    throw new Error("The longer run took no longer: give it more seconds.");
  return {
    operationsPerSecond: more / (long.seconds - short.seconds),
    cpuMicroseconds: long.cpu.map((used, index) => (used - (short.cpu[index] ?? 0)) / more),
  };
}
