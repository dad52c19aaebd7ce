import { handshakesPerCpuSecond } from "../load/handshakes.js";
import { runApplication, type ApplicationLoad } from "../../lab/load/applicationLoad.js";
import { memoryPerConnection, type MemoryResult } from "../load/memory.js";
import { redisBenchmark } from "../../lab/load/redisBenchmark.js";
import { steadyLoad } from "../load/steadyLoad.js";
import { comeToRest } from "../load/comeToRest.js";
import type { Route } from "../../lab/routes/route.js";
import type { ContenderName } from "../contenders/contender.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import type { Layout } from "../../lab/routes/openFixture.js";

/** What one round has measured, by name, such as `stunnel.throughput50`. */
export type Round = ReadonlyMap<string, number>;
export type Routes = ReadonlyMap<ContenderName, Route & { readonly resting?: MemoryResult }>;

/** How long each measurement takes. */
export interface Effort {
  readonly seconds: number;
  readonly idleConnections: number;
}

/** The ways in which an application uses ioredis, and how many requests it has in flight. */
export const applications: readonly (Pick<ApplicationLoad, "client" | "inFlight"> & { contender: ContenderName })[] = [
  { client: "plain", contender: "plaintext", inFlight: 50 },
  { client: "plain", contender: "article", inFlight: 50 },
  { client: "plain", contender: "stunnel", inFlight: 50 },
  { client: "autopipelining", contender: "stunnel", inFlight: 50 },
  { client: "connect", contender: "stunnel", inFlight: 50 },
  { client: "plain", contender: "haproxy", inFlight: 50 },
  { client: "connect", contender: "haproxy", inFlight: 50 },
  { client: "plain", contender: "haproxy", inFlight: 1 },
  { client: "connect", contender: "haproxy", inFlight: 1 },
];

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
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  for (const [name, route] of places.apart.routes) {
    progress(name);
    await measureRoute(places.apart.fixture, route, effort, (figure, value) => {
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
  { fixture, routes }: Place,
  { seconds }: Effort,
  seed: number,
  progress: (line: string) => void,
): Promise<Round> {
  const values = new Map<string, number>();
  for (const { client, contender, inFlight } of applications) {
    const route = routes.get(contender);
    if (route === undefined) throw new Error(`There is no route by ${contender}.`);
    progress(`ioredis ${client} ${contender} ${inFlight}`);
    const options = { client, inFlight, milliseconds: seconds * 1000, seed, preload: false };
    const figures = await runApplication(fixture, route, options);
    for (const figure of ["operationsPerSecond", "p50Microseconds", "p99Microseconds"] as const) {
      values.set(`${client}${inFlight}.${contender}.${figure}`, figures[figure]);
    }
  }
  return values;
}

async function measureRoute(
  fixture: Fixture,
  route: Route & { readonly resting?: MemoryResult },
  { seconds, idleConnections }: Effort,
  put: (figure: string, value: number) => void,
): Promise<void> {
  const { client, server } = route.tunnel ?? {};
  const ends = [client, server].flatMap((end) => (end === undefined ? [] : [end.pid]));
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
