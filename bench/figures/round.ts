import { handshakesPerCpuSecond } from "../load/handshakes.js";
import { runApplication, type ApplicationLoad } from "../../lab/load/applicationLoad.js";
import { memoryPerConnection, type MemoryResult } from "../load/memory.js";
import { redisBenchmark } from "../../lab/load/redisBenchmark.js";
import { steadyLoad } from "../load/steadyLoad.js";
import { comeToRest } from "../load/comeToRest.js";
import type { Road } from "../../lab/roads/road.js";
import type { RivalName } from "../rivals/rival.js";
import type { World } from "../../lab/roads/roadWorld.js";
import type { Layout } from "../../lab/roads/world.js";

/** What one round has measured, by name, such as `stunnel.throughput50`. */
export type Round = ReadonlyMap<string, number>;
export type Roads = ReadonlyMap<RivalName, Road & { readonly resting?: MemoryResult }>;

/** How long each measurement takes. */
export interface Effort {
  readonly seconds: number;
  readonly idleConnections: number;
}

/** The ways in which an application uses ioredis, and how many requests it has in flight. */
export const applications: readonly (Pick<ApplicationLoad, "client" | "inFlight"> & { rival: RivalName })[] = [
  { client: "plain", rival: "plaintext", inFlight: 50 },
  { client: "plain", rival: "article", inFlight: 50 },
  { client: "plain", rival: "stunnel", inFlight: 50 },
  { client: "autopipelining", rival: "stunnel", inFlight: 50 },
  { client: "connect", rival: "stunnel", inFlight: 50 },
  { client: "plain", rival: "haproxy", inFlight: 50 },
  { client: "connect", rival: "haproxy", inFlight: 50 },
  { client: "plain", rival: "haproxy", inFlight: 1 },
  { client: "connect", rival: "haproxy", inFlight: 1 },
];

/** A world and the roads through it. */
export interface Place {
  readonly world: World;
  readonly roads: Roads;
}

/**
 * Measures everything once, one road after the other, so that a slow minute of the machine hits them alike: the tunnels
 * on hosts apart, the application on both kinds.
 */
export async function measureRound(
  places: Readonly<Record<Layout, Place>>,
  effort: Effort,
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  for (const [name, road] of places.apart.roads) {
    progress(name);
    await measureRoad(places.apart.world, road, effort, (figure, value) => {
      values.set(`${name}.${figure}`, value);
    });
  }
  for (const layout of ["shared", "apart"] as const) {
    const measured = await measureApplications(places[layout], effort, seed, (line) => {
      progress(`${layout}: ${line}`);
    });
    for (const [name, value] of measured) values.set(`${layout}.${name}`, value);
  }
  return values;
}

async function measureApplications(
  { world, roads }: Place,
  { seconds }: Effort,
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  for (const { client, rival, inFlight } of applications) {
    const road = roads.get(rival);
    if (road === undefined) throw new Error(`There is no road by ${rival}.`);
    progress(`ioredis ${client} ${rival} ${inFlight}`);
    const options = { client, inFlight, milliseconds: seconds * 1000, seed, preload: false };
    const figures = await runApplication(world, road, options);
    for (const figure of ["operationsPerSecond", "p50Microseconds", "p99Microseconds"] as const) {
      values.set(`${client}${inFlight}.${rival}.${figure}`, figures[figure]);
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
  const { client, server } = road.tunnel ?? {};
  const ends = [client, server].flatMap((end) => (end === undefined ? [] : [end.pid]));
  const { operationsPerSecond, cpuMicroseconds } = await steadyLoad(
    world,
    road,
    { connections: 50, pipeline: 1, seconds },
    ends,
  );
  put("throughput50", operationsPerSecond);
  if (road.tunnel)
    put(
      "tunnelCpuMicroseconds",
      cpuMicroseconds.reduce((sum, one) => sum + one),
    );
  const pipelined = await steadyLoad(world, road, { connections: 50, pipeline: 16, seconds }, ends);
  put("throughput50pipeline16", pipelined.operationsPerSecond);
  const lone = { connections: 1, pipeline: 1, operations: 5000 };
  put("latencyP50Microseconds", (await redisBenchmark(world, road, lone)).p50Microseconds);
  if (road.handshake) {
    put("handshakesPerCpuSecond", await handshakesPerCpuSecond(world, road.handshake, Math.ceil(seconds)));
    await comeToRest(ends);
  }
  if (road.resting) {
    const held = await memoryPerConnection(world, road, road.resting, idleConnections);
    put("clientKibibytes", held.clientKibibytes);
    put("serverKibibytes", held.serverKibibytes);
    await comeToRest(ends);
  }
}
