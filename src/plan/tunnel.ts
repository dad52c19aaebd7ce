import type { TunnelService } from "./services";

/** The programs that can make the TLS tunnel between an app host and a cache node. */
export const tunnelEngines = ["stunnel", "haproxy"] as const;

/** A program that runs the TLS tunnel: `haproxy` or `stunnel`. */
export type TunnelEngine = (typeof tunnelEngines)[number];

/** What caches and clients that name none get: less CPU and memory a connection (docs/performance.md). */
export const defaultTunnelEngine: TunnelEngine = "haproxy";

/** What one host's tunnel carries: a node's serves its own services and calls the other nodes, an app host's calls nodes alone. */
export interface TunnelConf {
  readonly services: readonly ServedService[];
  readonly legs: readonly Leg[];
  /** Whether further ways, to the nodes of a cluster, follow from the host's secret (lay-ways). */
  readonly hasFurtherWays?: boolean;
  /** The groups of its key exchanges, the preferred one first; left out where the host's OpenSSL decides (keyExchange.ts). */
  readonly groups?: KeyExchangeGroups;
}

/** Names of OpenSSL's. */
export type KeyExchangeGroups = readonly string[];

/** A node's end: admits whoever holds a certificate for a name on the service's list. */
export interface ServedService {
  readonly name: TunnelService["name"];
  /** Address and port. */
  readonly listen: string;
  /** The field of the node's secret with the names that it admits. */
  readonly admitsField: "admitted" | "admittedPeers" | "admittedToSentinel";
  /** Where it is on the node: the address and port of what is spoken to. Left out, it is Redis's Unix socket. */
  readonly connect?: string;
}

/** The near end of a way to one service of a node: trusts that node's name alone. */
export interface Leg {
  /** Unlike that of any other leg or service of its host. */
  readonly name: string;
  /** Where it listens, in the order in which systemd hands it the sockets: Unix sockets come first. */
  readonly listens: readonly string[];
  readonly address: string;
  readonly port: number;
  readonly serverName: string;
}

/** What a node carries that is alone. */
export function servesRedis(node: { readonly privateIp: string; readonly port: number }): TunnelConf {
  return {
    services: [{ name: "redis", listen: `${node.privateIp}:${node.port}`, admitsField: "admitted" }],
    legs: [],
  };
}

/** What an app host carries to such a node. */
export function callsRedis(listens: Leg["listens"], node: Pick<Leg, "address" | "port" | "serverName">): TunnelConf {
  const { address, port, serverName } = node;
  return { services: [], legs: [{ name: "redis", listens, address, port, serverName }] };
}

/** What a tunnel keeps to, whichever program makes it. */
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
