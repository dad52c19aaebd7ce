import { join } from "node:path";
import { anonymousKibibytes } from "../../lab/machines/usage.js";
import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";

export interface MemoryResult {
  readonly clientKibibytes: number;
  readonly serverKibibytes: number;
}

/** What both ends of a tunnel hold before any load. Taken once, for freed memory mostly stays with a process. */
export function restingMemory({ tunnel }: Route): MemoryResult | undefined {
  if (tunnel === undefined) return undefined;
  const [clientKibibytes, serverKibibytes] = [tunnel.client, tunnel.server].map(({ pid }) => anonymousKibibytes(pid));
  return { clientKibibytes: clientKibibytes ?? 0, serverKibibytes: serverKibibytes ?? 0 };
}

/**
 * What each end of a tunnel holds for one connection that has been used once and is idle, over its resting memory. It
 * takes more connections than any load before, or memory that was freed and is used again would hide it.
 */
export async function memoryPerConnection(
  { app, password }: Fixture,
  { port, socketPath, tunnel }: Route,
  resting: MemoryResult,
  connections: number,
): Promise<MemoryResult> {
  if (tunnel === undefined) throw new Error("This route has no tunnel.");
  const program = join(import.meta.dirname, "idleConnections.ts");
  const { client, server } = tunnel;
  const argv = [socketPath ?? port, connections, client.pid, server.pid].map(String);
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), program, ...argv];
  const env = { REDIS_PASSWORD: password };
  const held = JSON.parse(await app.run(command, { env })) as MemoryResult;
  return {
    clientKibibytes: (held.clientKibibytes - resting.clientKibibytes) / connections,
    serverKibibytes: (held.serverKibibytes - resting.serverKibibytes) / connections,
  };
}
