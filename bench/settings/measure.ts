import { join } from "node:path";
import { runApplication } from "../load/applicationLoad.js";
import { memoryPerConnection, type MemoryResult } from "../load/memory.js";
import { steadyLoad } from "../load/steadyLoad.js";
import { comeToRest } from "../machines/comeToRest.js";
import { cpuMicroseconds } from "../machines/usage.js";
import type { Road } from "../rivals/rival.js";
import type { World } from "../rivals/world.js";

/** A variant that runs. */
export interface OpenVariant {
  readonly road: Road & Required<Pick<Road, "tunnel">>;
  readonly resting: MemoryResult;
  readonly redisPid: number;
}

const newConnections = 300;
const idleConnections = 300;

/** What is measured of each variant. Processor time hardly grows on a busy machine, as throughput falls there. */
export const figures = [
  { name: "tunnelMicroseconds", heading: "CPU of both ends, 50 connections", unit: "µs/operation" },
  { name: "applicationMicroseconds", heading: "… of one `connect()`", unit: "µs/operation" },
  { name: "redisMicroseconds", heading: "CPU of Redis", unit: "µs/operation" },
  { name: "operationsPerSecond", heading: "50 connections", unit: "operations/s" },
  { name: "connectOperationsPerSecond", heading: "one `connect()`", unit: "operations/s" },
  { name: "connectionMicroseconds", heading: "CPU of a new connection, both ends", unit: "µs" },
  { name: "kibibytes", heading: "a connection held, both ends", unit: "KiB" },
] as const;

export type FigureName = (typeof figures)[number]["name"];
export type Measured = Readonly<Record<FigureName, number>>;

export async function measureVariant(
  world: World,
  { road, resting, redisPid }: OpenVariant,
  options: { seconds: number; seed: number },
): Promise<Measured> {
  const { seconds, seed } = options;
  const cpu = (): number => cpuMicroseconds(road.tunnel.client.pid) + cpuMicroseconds(road.tunnel.server.pid);
  const pids = [road.tunnel.client.pid, road.tunnel.server.pid, redisPid];
  const steady = await steadyLoad(world, road, { connections: 50, pipeline: 1, seconds }, pids);
  const [clientMicroseconds = 0, serverMicroseconds = 0, redisMicroseconds = 0] = steady.cpuMicroseconds;
  const before = cpu();
  const load = {
    client: "connect",
    inFlight: 50,
    milliseconds: seconds * 1000,
    seed,
    preload: false,
  } as const;
  const application = await runApplication(world, road, load);
  await comeToRest(pids);
  const afterApplication = cpu();
  await openConnections(world, road, "newConnections", newConnections);
  await comeToRest(pids);
  const afterConnections = cpu();
  const held = await memoryPerConnection(world, road, resting, idleConnections);
  await comeToRest(pids);
  return {
    tunnelMicroseconds: clientMicroseconds + serverMicroseconds,
    applicationMicroseconds: (afterApplication - before) / application.operations,
    redisMicroseconds,
    operationsPerSecond: steady.operationsPerSecond,
    connectOperationsPerSecond: application.operationsPerSecond,
    connectionMicroseconds: (afterConnections - afterApplication) / newConnections,
    kibibytes: held.clientKibibytes + held.serverKibibytes,
  };
}

/** How many of the connections that come at the same moment Redis never answers. Takes memory that is kept: comes last. */
export async function refusedInBurst(world: World, road: Road, connections: number): Promise<number> {
  return Number(await openConnections(world, road, "burst", connections));
}

async function openConnections(
  { app, password }: World,
  { port }: Road,
  load: "newConnections" | "burst",
  connections: number,
): Promise<string> {
  const program = join(import.meta.dirname, `../load/${load}.ts`);
  const argv = [program, String(port), String(connections)];
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), ...argv];
  return app.run(command, { env: { BENCH_PASSWORD: password } });
}
