import { handshakesPerCpuSecond } from "../load/handshakes.js";
import { runApplication, type ApplicationLoad } from "../load/applicationLoad.js";
import { memoryPerConnection, type MemoryResult } from "../load/memory.js";
import { redisBenchmark } from "../load/redisBenchmark.js";
import { cpuMicroseconds } from "../machines/usage.js";
import type { RivalName, Road } from "../rivals/rival.js";
import type { World } from "../rivals/world.js";

/** What one round has measured, by name, such as `stunnel.throughput50`. */
export type Round = ReadonlyMap<string, number>;
export type Roads = ReadonlyMap<RivalName, Road & { readonly resting?: MemoryResult }>;

/** How long each measurement takes. */
export interface Effort {
  readonly seconds: number;
  readonly idleConnections: number;
}

/** The ways in which an application uses ioredis, and how many requests it has in flight. */
export const applications: readonly (Pick<ApplicationLoad, "client" | "inFlight"> & { rival: RivalName })[] =
  [
    { client: "plain", rival: "plaintext", inFlight: 50 },
    { client: "plain", rival: "article", inFlight: 50 },
    { client: "plain", rival: "stunnel", inFlight: 50 },
    { client: "autopipelining", rival: "stunnel", inFlight: 50 },
    { client: "connect", rival: "stunnel", inFlight: 50 },
    { client: "plain", rival: "haproxy", inFlight: 50 },
    { client: "connect", rival: "haproxy", inFlight: 50 },
    { client: "plain", rival: "stunnel", inFlight: 1 },
    { client: "connect", rival: "stunnel", inFlight: 1 },
  ];

/** Measures everything once, one road after the other, so that a slow minute of the machine hits them alike. */
export async function measureRound(
  world: World,
  roads: Roads,
  effort: Effort,
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  const put = (name: string, value: number): void => {
    values.set(name, value);
  };
  for (const [name, road] of roads) {
    progress(name);
    await measureRoad(world, road, effort, (figure, value) => {
      put(`${name}.${figure}`, value);
    });
  }
  for (const { client, rival, inFlight } of applications) {
    const road = roads.get(rival);
    if (road === undefined) continue;
    progress(`ioredis ${client} ${rival} ${inFlight}`);
    const options = { client, inFlight, milliseconds: effort.seconds * 1000, seed, preload: false };
    const figures = await runApplication(world, road, options);
    for (const figure of ["operationsPerSecond", "p50Microseconds", "p99Microseconds"] as const) {
      put(`${client}${inFlight}.${rival}.${figure}`, figures[figure]);
    }
  }
  return values;
}

async function measureRoad(
  world: World,
  road: Road & { readonly resting?: MemoryResult },
  { seconds, idleConnections }: Effort,
  put: (figure: string, value: number) => void,
): Promise<void> {
  const load = async (connections: number, pipeline: number): Promise<number> => {
    const sample = { connections, pipeline, operations: 2000 * pipeline };
    const guess = await redisBenchmark(world, road, sample);
    return Math.max(1000, Math.round(guess.operationsPerSecond * seconds));
  };
  const operations = await load(50, 1);
  const before = tunnelCpu(road);
  put(
    "throughput50",
    (await redisBenchmark(world, road, { connections: 50, pipeline: 1, operations })).operationsPerSecond,
  );
  if (road.tunnel) put("tunnelCpuMicroseconds", (tunnelCpu(road) - before) / operations);
  const pipelined = { connections: 50, pipeline: 16, operations: await load(50, 16) };
  put("throughput50pipeline16", (await redisBenchmark(world, road, pipelined)).operationsPerSecond);
  const lone = { connections: 1, pipeline: 1, operations: await load(1, 1) };
  put("latencyP50Microseconds", (await redisBenchmark(world, road, lone)).p50Microseconds);
  if (road.handshake) {
    put("handshakesPerCpuSecond", await handshakesPerCpuSecond(world, road.handshake, Math.ceil(seconds)));
  }
  if (road.resting) {
    const held = await memoryPerConnection(world, road, road.resting, idleConnections);
    put("clientKibibytes", held.clientKibibytes);
    put("serverKibibytes", held.serverKibibytes);
  }
}

function tunnelCpu({ tunnel }: Road): number {
  return tunnel === undefined ? 0 : cpuMicroseconds(tunnel.client.pid) + cpuMicroseconds(tunnel.server.pid);
}
