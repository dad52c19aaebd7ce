import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { Redis, RedisOptions } from "ioredis";
import type { ConnectionFile, ConnectionFileByPort } from "../host/connectionFile";
import { BatchingConnector } from "./batchingConnector";
import { DiscreetRedis } from "./discreetRedis";
import { withFreshPassword } from "./freshPassword";
import { keepTimerLists } from "./keepTimerLists";
import { withDefaults } from "./ownOptions";

/** Options of {@link connect}: ioredis's own, but for what the connection file decides, and what shows others' values. */
export interface ConnectOptions extends Omit<
  RedisOptions,
  "host" | "port" | "path" | "password" | "username" | "tls" | "sentinels" | "monitor" | "himportFieldsets"
> {
  /**
   * The connection file that `HipaaRedisClient` has laid down. By default the path in the environment variable
   * `HIPAA_REDIS_CONNECTION`, else `/etc/hipaa-redis/connection.json`.
   */
  readonly connectionFile?: string;
  /**
   * Whether commands of this connection wait at the cache (BLPOP, BZPOPMIN, BLMOVE, XREAD with BLOCK …), as a queue's worker
   * has them. Then no command has a time limit (no `commandTimeout`), and commands wait for the cache however long it is away
   * (`maxRetriesPerRequest: null`). Silence is noticed all the same: a connection without an answer is given up
   * `socketTimeout` (by default 2 s) after the time for which the command said that it would wait, and the command fails.
   * One that waits for ever (0) is given up when the tunnel closes the connection. Whatever comes behind a command that waits
   * waits too: give such commands a connection of their own. By default false: a command fails within half a second.
   *
   * @default false
   * @example true
   */
  readonly blocking?: boolean;
}

/**
 * A configured ioredis client of the cache, through the host's own tunnel: by its Unix socket, or by 127.0.0.1 where the host's user
 * data is older than the socket. Call it as the application's Unix user. In a container, mount the folder `/run/hipaa-redis/client`
 * and name the connection file in it (docs/tunnel.md).
 *
 * Commands of one turn of the event loop go out together, in order; one that comes alone goes out at once. A command
 * fails within half a second rather than wait for a tunnel or cache that is silent (it may still be carried out, as
 * with every timeout), and the client is back by itself within 300 ms of them. Every setting can be given another value
 * by ioredis's own options. Commands that wait at the cache (BLPOP, XREAD with BLOCK) need `blocking: true`.
 *
 * A command that was sent on a connection which is lost before the answer comes fails, and is not sent again: it may have
 * been carried out (docs/errors.md). Commands that wait for a connection are sent when there is one.
 *
 * No value, key or password is in an error, however it comes out, in a warning or in debug output: of a command there is
 * its name, the number of its arguments and the length of each (docs/errors.md). There is no `monitor()`.
 *
 * A changed password is picked up at the next connection; until then the standing one goes on (docs/rotation.md).
 *
 * @throws Error when the connection file or the password can't be read, `HIPAA_REDIS_CONNECTION` is set but empty, or
 * `commandTimeout`, `socketTimeout` or `connectTimeout` is no whole number of milliseconds from 1 on, with the way out.
 */
export function connect(options: ConnectOptions = {}): Redis {
  const { connectionFile = fileOfEnvironment(), ...own } = options;
  const connection = readConnection(connectionFile);
  const redis = new DiscreetRedis({
    ...withDefaults(own),
    Connector: withFreshPassword(own.Connector ?? BatchingConnector, connection.passwordFile),
    ...nearEnd(connection),
    username: connection.username,
    password: readText(connection.passwordFile).trimEnd(),
  });
  redis.once("end", keepTimerLists([redis.options.commandTimeout, redis.options.socketTimeout]));
  return redis;
}

function fileOfEnvironment(): string {
  const path = process.env.HIPAA_REDIS_CONNECTION ?? "/etc/hipaa-redis/connection.json";
  if (path !== "") return path;
  throw new Error(
    "The environment variable HIPAA_REDIS_CONNECTION is set, but empty. Give it the path of the connection file, or " +
      "unset it: then /etc/hipaa-redis/connection.json is read.",
  );
}

type AnyConnectionFile = ConnectionFile | ConnectionFileByPort;

function nearEnd(connection: AnyConnectionFile): RedisOptions {
  const { host, port } = connection;
  return connection.schemaVersion === 1 ? { host, port } : { path: connection.path };
}

function readConnection(path: string): AnyConnectionFile {
  const record: unknown = parseJson(path);
  if (!isConnectionFile(record)) {
    throw new Error(`${path} is no connection file of this version: boot the app host with this version's user data.`);
  }
  return record;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${path} is not JSON. HipaaRedisClient's user data writes this file; let nothing else write it.`);
  }
}

function isConnectionFile(record: unknown): record is AnyConnectionFile {
  if (typeof record !== "object" || record === null) return false;
  const { username, passwordFile, ...end } = record as Partial<AnyConnectionFile>;
  if (typeof username !== "string" || typeof passwordFile !== "string") return false;
  return end.schemaVersion === 1
    ? end.host === "127.0.0.1" && typeof end.port === "number"
    : end.schemaVersion === 2 && typeof end.path === "string" && isAbsolute(end.path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new Error(
      `Cannot read ${path} (${code}). It is laid down by HipaaRedisClient's user data for the application's Unix ` +
        "user (appUser) alone: run as that user, and see `systemctl status hipaa-redis-secrets` on the host.",
    );
  }
}
