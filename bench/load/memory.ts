import { join } from "node:path";
import type { Road } from "../rivals/rival.js";
import type { World } from "../rivals/world.js";

export interface MemoryResult {
  readonly clientKibibytes: number;
  readonly serverKibibytes: number;
}

/** What each end of a tunnel adds for one connection that has been used once and is idle. */
export async function memoryPerConnection(
  { app, password }: World,
  { port, tunnel }: Road,
  connections: number,
): Promise<MemoryResult> {
  if (tunnel === undefined) throw new Error("This road has no tunnel.");
  const program = join(import.meta.dirname, "idleConnections.ts");
  const { client, server } = tunnel;
  const argv = [port, connections, client.pid, server.pid].map(String);
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), program, ...argv];
  return JSON.parse(await app.run(command, { env: { BENCH_PASSWORD: password } })) as MemoryResult;
}
