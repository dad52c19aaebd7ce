import { join } from "node:path";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { ConnectionFile, ConnectionFileByPort } from "../../src/host/connectionFile.js";
import type { Route, TlsClient } from "../routes/route.js";
import type { Fixture } from "../routes/fixture.js";
import type { Costs, Counted } from "./watch.js";

/** How an application may reach the cache: by ioredis in three ways, or by another client. */
export type ClientName = "plain" | "autopipelining" | "connect" | "nodeRedis" | "glide";

export interface ApplicationLoad {
  readonly client: ClientName;
  readonly host: string;
  readonly port: number;
  /** A Unix socket, in place of host and port. */
  readonly socketPath?: string;
  /** Where the client itself speaks TLS. */
  readonly tls?: TlsClient;
  /** Clients with a connection each; what is in flight is spread over them evenly. */
  readonly connections: number;
  readonly inFlight: number;
  /** How long it measures, once it is warm; `operations` in its place is how many it does to warm up, and then again. */
  readonly milliseconds: number;
  readonly operations?: number;
  readonly seed: number;
  /** Counts what these processes do while it measures, by name and pid; itself too, as `application`. */
  readonly watch?: { readonly processes: Readonly<Record<string, number>>; readonly counted: Counted };
  /** Writes every key once instead of measuring. */
  readonly preload: boolean;
}

export interface ApplicationResult {
  /** All that it sent, the warm-up included. */
  readonly operations: number;
  readonly operationsPerSecond: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  /** Of the application's process, for each operation; its warm-up is left out. */
  readonly cpuMicroseconds: number;
  /** What the watched processes did for each operation. */
  readonly costs?: Readonly<Record<string, Costs>>;
}

/** What is asked of an application. It has one connection where none are named. */
export type ApplicationOptions = Omit<ApplicationLoad, "host" | "port" | "socketPath" | "tls" | "connections"> &
  Partial<Pick<ApplicationLoad, "connections">>;

/** Runs the application once, a process of its own, on the app machine. */
export async function runApplication(
  fixture: Fixture,
  route: Route,
  options: ApplicationOptions,
): Promise<ApplicationResult> {
  const { app, password } = fixture;
  const { host, port, socketPath, tls } = route;
  const where = { host, port, ...(socketPath && { socketPath }), ...(tls && { tls }) };
  const load: ApplicationLoad = { ...where, connections: 1, ...options };
  const program = join(import.meta.dirname, "application.ts");
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), program, JSON.stringify(load)];
  const env = { REDIS_PASSWORD: password, HIPAA_REDIS_CONNECTION: layDownConnection(fixture, route) };
  return JSON.parse(await app.run(command, { env })) as ApplicationResult;
}

/** What `HipaaRedisClient` lays down for an application, for one of the routes; returns the connection file's path. */
export function layDownConnection({ app, password }: Fixture, { port, socketPath }: Route): string {
  const shared = {
    cache: "sessions",
    client: "web",
    host: "127.0.0.1",
    port,
    username: "web",
    passwordFile: hostPaths.password,
  } as const;
  const file: ConnectionFile | ConnectionFileByPort =
    socketPath === undefined ? { schemaVersion: 1, ...shared } : { schemaVersion: 2, path: socketPath, ...shared };
  const path = `${hostPaths.runFolder}/connection-${port}.json`;
  app.write(hostPaths.password, password);
  app.write(path, JSON.stringify(file));
  return path;
}
