import { quoted, type Problem } from "./problems";

/** The programs that can make the TLS tunnel between an app host and a cache node. */
export const tunnelEngines = ["stunnel", "haproxy"] as const;

export type TunnelEngine = (typeof tunnelEngines)[number];

/** What caches and clients that name no engine get: less CPU and memory a connection (docs/performance.md). */
export const defaultTunnelEngine: TunnelEngine = "haproxy";

/** The node's end: admits whoever holds the key of a certificate on the list, and hands it to Redis's socket. */
export interface ServerTunnel {
  readonly privateIp: string;
  readonly port: number;
}

/** The app host's end: listens on 127.0.0.1 and trusts one name alone. */
export interface ClientTunnel {
  readonly localPort: number;
  readonly address: string;
  readonly port: number;
  readonly serverName: string;
}

/** Who may be at the other end of a node's tunnel. */
export interface Admission {
  /** The cache's authority, which must have signed the other side's certificate (PEM). */
  readonly authority: string;
  /** The clients' certificates themselves (PEM): one that is taken off the list is refused. */
  readonly admitted: readonly string[];
}

/** What a tunnel keeps to, whichever engine makes it. */
export const tunnelRules = {
  cipherSuites: "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
  /** A peer that does not finish its handshake is let go. */
  handshakeSeconds: 10,
  connectSeconds: 5,
  /** Subscribers and blocking commands may be silent: 24 days are all that a timer in milliseconds holds. */
  idleSeconds: 24 * 24 * 3600,
  /** A dead peer is noticed within a minute. */
  keepalive: { idleSeconds: 30, intervalSeconds: 10, probes: 3 },
} as const;

/** The problem with an argument that names an engine, or none. */
export function tunnelProblems(value: unknown): Problem[] {
  if (value === undefined || tunnelEngines.some((engine) => engine === value)) return [];
  const allowed = `Give ${tunnelEngines.map((engine) => JSON.stringify(engine)).join(" or ")}.`;
  return [{ path: "tunnel", got: quoted(value), allowed }];
}
