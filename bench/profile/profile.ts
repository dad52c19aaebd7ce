import { execa } from "execa";
import { runApplication } from "../../lab/load/applicationLoad.js";
import type { Costs, Counted } from "../../lab/load/watch.js";
import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import type { Application } from "../figures/applications.js";
import type { Place } from "../figures/round.js";

/** What it needs, by Debian's names; perf (linux-perf) is used where it is there. */
export const profilePackages = ["strace"];

/** What is looked into: before the socket, with it, and what an application would have instead. */
const ways = [
  ["plain", "redisTls"],
  ["connect", "haproxy"],
  ["connect", "haproxySocket"],
  ["connect", "stunnelSocket"],
] as const;

const loads = [
  { inFlight: 50, workers: false },
  { inFlight: 50, workers: true },
  { inFlight: 1, workers: false },
] as const;

/** What the processes of one way did for an operation of one load. */
export interface Profile {
  readonly application: Omit<Application, "inPlots">;
  /** Each by process: wake-ups and processor time, */
  readonly usage: ByProcess;
  /** the number of system calls, where perf counts them, */
  readonly calls?: ByProcess;
  /** and the calls by name, in a run that strace slowed. */
  readonly traced: ByProcess;
}

export type ByProcess = Readonly<Record<string, Costs>>;

/** Counts for each way and load what each process does for an operation. */
export async function profile(
  { fixture, routes }: Place,
  seconds: number,
  progress: (line: string) => void,
): Promise<Profile[]> {
  const hasPerf = await perfCounts("raw_syscalls:sys_enter");
  const profiles: Profile[] = [];
  for (const load of loads) {
    for (const [client, contender] of ways) {
      const route = routes.get(contender);
      if (route === undefined) throw new Error(`There is no route by ${contender}.`);
      const application = { client, contender, ...load };
      progress(`profile of ${client} ${contender} ${load.inFlight}${load.workers ? " workers" : ""}`);
      const count = (counted: Counted): Promise<ByProcess> => countOne(fixture, route, application, counted, seconds);
      const usage = await count("usage");
      const calls = hasPerf && { calls: await count("perf") };
      profiles.push({ application, usage, ...calls, traced: await count("strace") });
    }
  }
  return profiles;
}

async function countOne(
  fixture: Fixture,
  route: Route,
  { client, inFlight, workers }: Omit<Application, "inPlots">,
  counted: Counted,
  seconds: number,
): Promise<ByProcess> {
  const connections = workers ? inFlight : 1;
  const load = { client, connections, inFlight, milliseconds: seconds * 1000, seed: 1, preload: false };
  const watch = { processes: processesOf(fixture, route), counted };
  return (await runApplication(fixture, route, { ...load, watch })).costs ?? {};
}

/** A tunnel ends at Redis as shipped; who holds the key calls the Redis that is open to the network. */
function processesOf({ shippedRedis, openRedis }: Fixture, { tunnel }: Route): Record<string, number> {
  if (tunnel === undefined) return { Redis: openRedis.pid };
  return { "client tunnel": tunnel.client.pid, "server tunnel": tunnel.server.pid, Redis: shippedRedis.pid };
}

/** Whether perf is installed, and can count this. Where a machine lacks a counter, perf succeeds and says so in its table. */
export async function perfCounts(event: "raw_syscalls:sys_enter" | "cycles"): Promise<boolean> {
  const { failed, stderr } = await execa("perf", ["stat", "-e", event, "true"], { reject: false });
  return !failed && !/<not (supported|counted)>/.test(stderr);
}
