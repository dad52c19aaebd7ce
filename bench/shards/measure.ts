import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../lab/hosts/index.js";
import { onNode } from "../../lab/replicas/onNode.js";
import type { ReplicasFixture } from "../../lab/replicas/openReplicas.js";
import { appUser } from "../../lab/replicas/program.js";
import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { engineProgram } from "../../src/plan/engine.js";

/** What a run of the load has shown. */
export interface Throughput {
  readonly operationsPerSecond: number;
  /** Processor time for an operation, in microseconds, by who spends it; of all nodes together. */
  readonly cpu: Readonly<Record<Spender, number>>;
}

export const spenders = ["application", "its tunnel", "nodes' tunnel", "Redis"] as const;
export type Spender = (typeof spenders)[number];

export function installLoad({ app }: ReplicasFixture): void {
  cpSync(join(import.meta.dirname, "load.mjs"), join(app.rootFolder, "opt/app/load.mjs"));
}

/** With so many commands in flight. */
export async function measure(
  { app, nodes, choice }: ReplicasFixture,
  inFlight: number,
  seconds: number,
): Promise<Throughput> {
  const tunnel = tunnelProgram(choice.tunnel).packageName;
  const spent = async (): Promise<number[]> => [
    await cpuMicroseconds([app], tunnel),
    await cpuMicroseconds(nodes, tunnel),
    await cpuMicroseconds(nodes, engineProgram(choice.engine).server),
  ];
  const before = await spent();
  const command = ["/opt/app/node", "/opt/app/load.mjs", String(inFlight), String(seconds)];
  const { exitCode, stdout, stderr } = await app.exec(command, { user: appUser, timeoutMs: 600_000 });
  if (exitCode !== 0) throw new Error(`The load failed: ${stderr}`);
  const after = await spent();
  const told = JSON.parse(stdout) as { all: number; operationsPerSecond: number; cpuMicroseconds: number };
  const [ofApp = 0, ofNodes = 0, redis = 0] = after.map((used, index) => (used - (before[index] ?? 0)) / told.all);
  return {
    operationsPerSecond: told.operationsPerSecond,
    cpu: { application: told.cpuMicroseconds, "its tunnel": ofApp, "nodes' tunnel": ofNodes, Redis: redis },
  };
}

/** Linux counts processor time in ticks of 10 ms (proc(5), USER_HZ). */
const microsecondsPerTick = 10_000;

/** What all processes of a program have used on these hosts. */
async function cpuMicroseconds(hosts: readonly Host[], program: string): Promise<number> {
  const count = `cat /proc/[0-9]*/stat 2>/dev/null | awk '$2 == "(${program})" { used += $14 + $15 } END { print used + 0 }'`;
  const ticks = await Promise.all(hosts.map((host) => onNode(host, ["sh", "-c", count])));
  return ticks.map(Number).reduce((sum, one) => sum + one, 0) * microsecondsPerTick;
}
