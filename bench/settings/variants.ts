import type { Settings } from "../../src/host/encode.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { tunnelRules, type TunnelEngine } from "../../src/plan/tunnel.js";
import { openRedisPorts } from "../rivals/world.js";

/** The tunnel and Redis as shipped, with one setting changed. */
export interface Variant {
  readonly engine: TunnelEngine;
  readonly name: string;
  /** What is set differently, for the table. */
  readonly what: string;
  /** Changes the text of both ends' configuration. */
  readonly change?: (config: string) => string;
  readonly environment?: readonly string[];
  /** Of Redis, behind those of redis.conf. */
  readonly redis?: Settings;
}

/** Each engine as shipped, and then each setting alone. */
export const variants: readonly Variant[] = [
  { engine: "haproxy", name: "shipped", what: "as shipped" },
  haproxy("threads", "`nbthread 1` instead of a thread for each processor", global("nbthread 1")),
  haproxy("buffers8", "`tune.bufsize` 8 KiB instead of 32", buffers(8192)),
  haproxy("buffers16", "`tune.bufsize` 16 KiB, HAProxy's default", buffers(16384)),
  haproxy("buffers64", "`tune.bufsize` 64 KiB", buffers(65536)),
  haproxy("aes128", "AES-128-GCM before AES-256-GCM", aes128First),
  haproxy("chacha", "ChaCha20-Poly1305 before AES", chachaFirst),
  haproxy("resumption", "sessions are resumed", (config) =>
    config
      .replace(" no-ssl-reuse", "")
      .replace(" no-tls-tickets", "")
      .replace(/.*tune\.ssl\.cachesize.*\n/, ""),
  ),
  haproxy("tcp", "TCP to Redis instead of its Unix socket", toRedisOverTcp),
  { ...haproxy("ioThreads", "Redis with `io-threads 2`"), redis: [["io-threads", 2]] },
  { ...haproxy("backlog", "Redis with `tcp-backlog 64` instead of 511"), redis: [["tcp-backlog", 64]] },
  { ...haproxy("hugePages", "Redis with `disable-thp no`"), redis: [["disable-thp", "no"]] },
  { engine: "stunnel", name: "shipped", what: "as shipped" },
  { ...stunnel("arenas", "`MALLOC_ARENA_MAX=1`"), environment: ["MALLOC_ARENA_MAX=1"] },
  stunnel("nodelay", "without `TCP_NODELAY`, stunnel's default", (config) =>
    config.replace("[redis]\n", "[redis]\nsocket = l:TCP_NODELAY=no\nsocket = r:TCP_NODELAY=no\n"),
  ),
  stunnel("aes128", "AES-128-GCM before AES-256-GCM", aes128First),
  stunnel("resumption", "sessions are resumed", (config) =>
    config.replace("sessionResume = no", "sessionResume = yes"),
  ),
  stunnel("tcp", "TCP to Redis instead of its Unix socket", toRedisOverTcp),
];

function haproxy(name: string, what: string, change?: Variant["change"]): Variant {
  return { engine: "haproxy", name, what, ...(change && { change: changed(name, change) }) };
}

function stunnel(name: string, what: string, change?: Variant["change"]): Variant {
  return { engine: "stunnel", name, what, ...(change && { change: changed(name, change) }) };
}

/** A variant that changes neither end would be compared with itself. */
function changed(name: string, change: (config: string) => string): (config: string) => string {
  return (config) => {
    const text = change(config);
    const nodeOnly = !config.includes(hostPaths.redisSocket) && change === toRedisOverTcp;
    if (text === config && !nodeOnly)
      throw new Error(`Variant ${name} changes nothing in the configuration.`);
    return text;
  };
}

function global(line: string): (config: string) => string {
  return (config) => config.replace("global\n", `global\n  ${line}\n`);
}

function buffers(bytes: number): (config: string) => string {
  return (config) => config.replace(/tune\.bufsize \d+/, `tune.bufsize ${bytes}`);
}

function aes128First(config: string): string {
  return config.replace(tunnelRules.cipherSuites, `TLS_AES_128_GCM_SHA256:${tunnelRules.cipherSuites}`);
}

function chachaFirst(config: string): string {
  return config.replace(tunnelRules.cipherSuites, `TLS_CHACHA20_POLY1305_SHA256:${tunnelRules.cipherSuites}`);
}

function toRedisOverTcp(config: string): string {
  const address = `127.0.0.1:${openRedisPorts.plaintext}`;
  return config.replace(`unix@${hostPaths.redisSocket}`, address).replace(hostPaths.redisSocket, address);
}
