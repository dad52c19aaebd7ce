import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Redis, type RedisOptions } from "ioredis";
import type * as ofSource from "../../src/ioredis/index.js";
import type { TlsClient } from "../routes/route.js";
import type { ApplicationLoad, ClientName } from "./applicationLoad.js";
import { repositoryRoot } from "../stateFolder.js";
import { timeouts } from "./timeouts.js";

/**
 * As it is shipped: tsx, by which this program runs, has each function that the source makes for a command given its name,
 * which takes nearly a microsecond of each (what sealing adds is then 1.4 µs in place of 0.5).
 */
const { connect } = createRequire(import.meta.url)(join(repositoryRoot, "dist/ioredis/index.js")) as typeof ofSource;

/** What an application does with any client. */
export interface CacheClient {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<unknown>;
  close(): void;
}

type Target = Pick<ApplicationLoad, "host" | "port" | "socketPath" | "tls">;

/** A client that has its connection, each as its own documentation says. */
export async function openClient(name: ClientName, target: Target, password: string): Promise<CacheClient> {
  if (name === "nodeRedis") return openNodeRedis(target, password);
  if (name === "glide") return openGlide(target, password);
  const redis = openIoredis(name, target, password);
  await redis.ping();
  return {
    get: (key) => redis.get(key),
    set: (key, value) => redis.set(key, value),
    close: () => {
      redis.disconnect();
    },
  };
}

/** An ioredis client, whose errors end the process. */
export function openIoredis(
  name: "plain" | "autopipelining" | "connect",
  { host, port, socketPath, tls }: Target,
  password: string,
): Redis {
  const where: RedisOptions = socketPath === undefined ? { host, port } : { path: socketPath };
  const secured: RedisOptions = tls ? { tls: { ...keys(tls), servername: tls.serverName } } : {};
  const redis =
    name === "connect"
      ? connect(timeouts)
      : new Redis({ ...where, ...secured, password, enableAutoPipelining: name === "autopipelining" });
  redis.on("error", (error) => {
    throw error;
  });
  return redis;
}

/** github.com/redis/node-redis, docs/client-configuration.md: TLS. */
async function openNodeRedis({ host, port, tls }: Target, password: string): Promise<CacheClient> {
  const { createClient } = await import("redis");
  const socket = tls
    ? ({ host, port, tls: true, ...keys(tls), servername: tls.serverName } as const)
    : ({ host, port } as const);
  const client = createClient({ password, socket });
  client.on("error", (error: Error) => {
    throw error;
  });
  await client.connect();
  return {
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    close: () => {
      client.destroy();
    },
  };
}

/**
 * glide.valkey.io, Configure TLS. Its client for Node.js knows no certificate of its own (2.5: its options have
 * `rootCertificates` alone), so Redis must not demand one. It checks the server's name against `host`.
 */
async function openGlide({ host, port, tls }: Target, password: string): Promise<CacheClient> {
  const { GlideClient } = await import("@valkey/valkey-glide");
  const client = await GlideClient.createClient({
    addresses: [{ host, port }],
    credentials: { password },
    requestTimeout: timeouts.commandTimeout ?? 0,
    ...(tls && {
      useTLS: true,
      advancedConfiguration: { tlsAdvancedConfiguration: { rootCertificates: readFileSync(tls.authority) } },
    }),
  });
  return {
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    close: () => {
      client.close();
    },
  };
}

function keys(tls: TlsClient): { ca: Buffer; cert: Buffer; key: Buffer } {
  return { ca: readFileSync(tls.authority), cert: readFileSync(tls.certificate), key: readFileSync(tls.key) };
}
