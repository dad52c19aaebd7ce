import { join } from "node:path";
import { hostPaths } from "../../src/plan/hostPaths.js";
import type { ConnectionFile } from "../../src/connectionFile.js";
import type { Road } from "../rivals/rival.js";
import type { World } from "../rivals/world.js";

export interface ApplicationLoad {
  readonly client: "plain" | "autopipelining" | "connect";
  readonly host: string;
  readonly port: number;
  readonly inFlight: number;
  readonly milliseconds: number;
  readonly seed: number;
  /** Writes every key once instead of measuring. */
  readonly preload: boolean;
}

export interface ApplicationResult {
  readonly operationsPerSecond: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
}

export type ApplicationOptions = Omit<ApplicationLoad, "host" | "port">;

/** Runs the application once, a process of its own, on the app machine. */
export async function runApplication(
  { app, password }: World,
  { host, port }: Road,
  options: ApplicationOptions,
): Promise<ApplicationResult> {
  const connectionFile = `/run/hipaa-redis/app/connection-${port}.json`;
  if (host === "127.0.0.1") app.write(connectionFile, connectionText(port));
  app.write(hostPaths.password, password);
  const load: ApplicationLoad = { host, port, ...options };
  const program = join(import.meta.dirname, "application.ts");
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), program, JSON.stringify(load)];
  const env = { BENCH_PASSWORD: password, HIPAA_REDIS_CONNECTION: connectionFile };
  return JSON.parse(await app.run(command, { env })) as ApplicationResult;
}

function connectionText(port: number): string {
  const file: ConnectionFile = {
    ...{ schemaVersion: 1, cache: "sessions", client: "web" },
    ...{ host: "127.0.0.1", port, passwordFile: hostPaths.password },
  };
  return JSON.stringify(file);
}
