import type { Route } from "../routes/route.js";
import type { Fixture } from "../routes/fixture.js";

export interface BenchmarkResult {
  readonly operationsPerSecond: number;
  readonly p50Microseconds: number;
}

export interface BenchmarkLoad {
  readonly connections: number;
  readonly pipeline: number;
  readonly operations: number;
}

/** One run of redis-benchmark on the app machine: GET of 1 KiB. */
export async function redisBenchmark(fixture: Fixture, route: Route, load: BenchmarkLoad): Promise<BenchmarkResult> {
  const { connections, pipeline, operations } = load;
  return run(fixture, route, ["-c", connections, "-P", pipeline, "-n", operations, "-t", "get"]);
}

/** Puts the value there that `redisBenchmark` reads. */
export async function putBenchmarkValue(fixture: Fixture, route: Route): Promise<void> {
  await run(fixture, route, ["-c", 1, "-n", 1000, "-d", 1024, "-t", "set"]);
}

async function run(
  fixture: Fixture,
  { host, port, socketPath, tlsOptions }: Route,
  options: readonly (string | number)[],
): Promise<BenchmarkResult> {
  // redis-benchmark takes a password from its command line alone; this one is made for the run and guards nothing.
  const where = socketPath === undefined ? ["-h", host, "-p", port] : ["-s", socketPath];
  const to = [...where, "-a", fixture.password, ...tlsOptions, "--csv"];
  return parse(await fixture.app.run(["redis-benchmark", ...to, ...options].map(String)));
}

/** A row such as "GET","51203.28","0.512","0.104","0.495",… under a row of headings. */
function parse(csv: string): BenchmarkResult {
  const rows = csv.split("\n").map((line) => line.replaceAll('"', "").split(","));
  const headings = rows.find((row) => row[0] === "test") ?? [];
  const values = rows.at(-1) ?? [];
  const value = (heading: string): number => Number(values[headings.indexOf(heading)]);
  const result = { operationsPerSecond: value("rps"), p50Microseconds: value("p50_latency_ms") * 1000 };
  if (!(result.operationsPerSecond > 0)) throw new Error(`redis-benchmark gave no figures: ${csv.slice(-300)}`);
  return result;
}
