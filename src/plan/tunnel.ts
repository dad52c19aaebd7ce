/** The programs that can make the TLS tunnel between an app host and a cache node. */
export const tunnelEngines = ["stunnel", "haproxy"] as const;

/** A program that runs the TLS tunnel: `haproxy` or `stunnel`. */
export type TunnelEngine = (typeof tunnelEngines)[number];

/** What caches and clients that name no engine get: less CPU and memory a connection (docs/performance.md). */
export const defaultTunnelEngine: TunnelEngine = "haproxy";

/** The node's end: admits whoever holds a certificate for a name on the list, and hands it to Redis's socket. */
export interface ServerTunnel {
  readonly privateIp: string;
  readonly port: number;
}

/** The app host's end: listens on a Unix socket, on 127.0.0.1 or on both, and trusts one name alone. */
export interface ClientTunnel {
  readonly socketPath?: string;
  readonly localPort?: number;
  readonly address: string;
  readonly port: number;
  readonly serverName: string;
}

/** Where an app host's tunnel listens, in the order in which systemd hands it the sockets: the Unix socket comes first. */
export function listeners({ socketPath, localPort }: Pick<ClientTunnel, "socketPath" | "localPort">): string[] {
  return [
    ...(socketPath === undefined ? [] : [socketPath]),
    ...(localPort === undefined ? [] : [`127.0.0.1:${localPort}`]),
  ];
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
