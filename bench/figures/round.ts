import { handshakesPerCpuSecond } from "../load/handshakes.js";
import { applicationName, applications } from "./applications.js";
import type { Round } from "./result.js";
import { applicationUnits, type ApplicationFigure } from "./applicationFigures.js";
import { runApplication } from "../../lab/load/applicationLoad.js";
import { memoryPerConnection, type MemoryResult } from "../load/memory.js";
import { redisBenchmark } from "../../lab/load/redisBenchmark.js";
import { steadyLoad } from "../load/steadyLoad.js";
import { comeToRest } from "../load/comeToRest.js";
import type { Route } from "../../lab/routes/route.js";
import type { ContenderName } from "../contenders/contender.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import type { Layout } from "../../lab/routes/openFixture.js";

export type Routes = ReadonlyMap<ContenderName, Route & { readonly resting?: MemoryResult }>;

/** How long each measurement takes. */
export interface Effort {
  readonly seconds: number;
  readonly idleConnections: number;
}

/** Memory and handshakes, which hardly vary, are measured in so many rounds alone. */
const roundsOfConnections = 3;

/** A fixture and the routes through it. */
export interface Place {
  readonly fixture: Fixture;
  readonly routes: Routes;
}

/**
 * Measures everything once, one route after the other, so that a slow minute of the machine hits them alike: the tunnels
 * on hosts apart, the application on both kinds.
 */
export async function measureRound(
  places: Readonly<Record<Layout, Place>>,
  effort: Effort,
  round: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  const { fixture, routes } = places.apart;
  for (const [name, route] of routes) {
    progress(name);
    const put = (figure: string, value: number): void => {
      values.set(`${name}.${figure}`, value);
    };
    await measureRoute(fixture, route, effort, put);
    if (round <= roundsOfConnections) await measureConnections(fixture, route, effort, put);
  }
  for (const layout of ["shared", "apart"] as const) {
    const measured = await measureApplications(places[layout], effort, round, (line) => {
      progress(`${layout}: ${line}`);
    });
    for (const [name, value] of measured) values.set(`${layout}.${name}`, value);
  }
  return values;
}

async function measureApplications(
  { fixture, routes }: Place,
  { seconds }: Effort,
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  for (const application of applications) {
    const { client, contender, inFlight, workers } = application;
    const route = routes.get(contender);
    if (route === undefined) throw new Error(`There is no route by ${contender}.`);
    const name = applicationName(application);
    progress(name);
    const connections = workers ? inFlight : 1;
    const options = { client, connections, inFlight, milliseconds: seconds * 1000, seed, preload: false };
    const figures = await runApplication(fixture, route, options);
    for (const figure of Object.keys(applicationUnits) as ApplicationFigure[]) {
      values.set(`${name}.${figure}`, figures[figure]);
    }
  }
  return values;
}

async function measureRoute(
  fixture: Fixture,
  route: Route,
  { seconds }: Effort,
  put: (figure: string, value: number) => void,
): Promise<void> {
  const ends = endsOf(route);
  const { operationsPerSecond, cpuMicroseconds } = await steadyLoad(
    fixture,
    route,
    { connections: 50, pipeline: 1, seconds },
    ends,
  );
  put("throughput50", operationsPerSecond);
  if (route.tunnel)
    put(
      "tunnelCpuMicroseconds",
      cpuMicroseconds.reduce((sum, one) => sum + one),
    );
  const pipelined = await steadyLoad(fixture, route, { connections: 50, pipeline: 16, seconds }, ends);
  put("throughput50pipeline16", pipelined.operationsPerSecond);
  const lone = { connections: 1, pipeline: 1, operations: 5000 };
  put("latencyP50Microseconds", (await redisBenchmark(fixture, route, lone)).p50Microseconds);
}

/** What a connection costs: its handshake, and the memory that it holds. */
async function measureConnections(
  fixture: Fixture,
  route: Route & { readonly resting?: MemoryResult },
  { seconds, idleConnections }: Effort,
  put: (figure: string, value: number) => void,
): Promise<void> {
  const ends = endsOf(route);
  if (route.handshake) {
    put("handshakesPerCpuSecond", await handshakesPerCpuSecond(fixture, route.handshake, Math.ceil(seconds)));
    await comeToRest(ends);
  }
  if (route.resting) {
    const held = await memoryPerConnection(fixture, route, route.resting, idleConnections);
    put("clientKibibytes", held.clientKibibytes);
    put("serverKibibytes", held.serverKibibytes);
    await comeToRest(ends);
  }
}

function endsOf({ tunnel }: Route): number[] {
  return tunnel === undefined ? [] : [tunnel.client.pid, tunnel.server.pid];
}
