import type { Result } from "../figures/result.js";
import { applicationName, applications } from "../figures/applications.js";
import { contenders } from "../contenders/table.js";
import { drawBars, type Bar } from "./bars.js";
import { applicationWords } from "./words.js";

export interface Chart {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
  /** Whether it comes first on the page. */
  readonly first: boolean;
}

/** The pictures of the page: what an application gets, and then the tunnels alone; none of what was not measured. */
export async function charts(results: readonly Result[]): Promise<Chart[]> {
  const named = new Map(results.map((result) => [result.name, result]));
  const bar = (name: string, way: string, ours: boolean): Bar[] => {
    const found = named.get(name);
    return found === undefined ? [] : [{ way, value: found.value, spread: found.spread, ours }];
  };
  const ofApplications = (inFlight: number, workers: boolean, figure: string): Bar[] =>
    applications
      .filter((one) => one.inFlight === inFlight && one.workers === workers && one.inPlots)
      .flatMap((one) =>
        bar(`shared.${applicationName(one)}.${figure}`, applicationWords(one), one.client === "connect"),
      );
  const ofContenders = (figure: string): Bar[] =>
    contenders.flatMap(({ name, label, ours }) => bar(`${name}.${figure}`, label, ours));
  const perSecond = "operations a second";
  const drawn = await Promise.all([
    draw(
      "application",
      `One application, 50 requests in flight: ${perSecond} (higher is better)`,
      perSecond,
      ofApplications(50, false, "operationsPerSecond"),
      true,
    ),
    draw(
      "workers",
      `50 workers of one process, a connection each: ${perSecond} (higher is better)`,
      perSecond,
      ofApplications(50, true, "operationsPerSecond"),
      true,
    ),
    draw(
      "lone",
      "One application, one request in flight: median latency (lower is better)",
      "µs",
      ofApplications(1, false, "p50Microseconds"),
    ),
    draw(
      "throughput",
      `redis-benchmark, GET of 1 KiB, 50 connections: ${perSecond} (higher is better)`,
      perSecond,
      ofContenders("throughput50"),
    ),
    draw(
      "pipelined",
      `GET of 1 KiB, 50 connections, pipeline of 16: ${perSecond} (higher is better)`,
      perSecond,
      ofContenders("throughput50pipeline16"),
    ),
    draw(
      "latency",
      "redis-benchmark, one connection: median latency (lower is better)",
      "µs",
      ofContenders("latencyP50Microseconds"),
    ),
    draw(
      "cpu",
      "Processor time of both ends of the tunnel for a GET, 50 connections (lower is better)",
      "µs",
      ofContenders("tunnelCpuMicroseconds"),
    ),
    draw(
      "handshakes",
      "Full handshakes for a CPU second of the tunnel's server end (higher is better)",
      "handshakes",
      ofContenders("handshakesPerCpuSecond"),
    ),
    draw(
      "memory",
      "Memory of a connection at the tunnel's server end (lower is better)",
      "KiB",
      ofContenders("serverKibibytes"),
    ),
  ]);
  return drawn.filter(({ svg }) => svg !== "");
}

async function draw(file: string, title: string, unit: string, bars: readonly Bar[], first = false): Promise<Chart> {
  return { file: `${file}.svg`, title, svg: bars.length === 0 ? "" : await drawBars(title, unit, bars), first };
}
