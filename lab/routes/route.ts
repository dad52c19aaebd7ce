import type { Daemon } from "../machines/machine.js";

/** A client's keys as files of the app machine, and the name that the server's certificate must have. */
export interface TlsClient {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  readonly serverName: string;
}

/** A way from an application to Redis that is open: where a client on the app machine connects, and what is in between. */
export interface Route {
  readonly host: string;
  readonly port: number;
  /** A Unix socket of the app machine, in place of host and port. */
  readonly socketPath?: string;
  /** What a client presents that speaks TLS itself. */
  readonly tls?: TlsClient;
  /** Options of redis-cli's kind for TLS; empty where the client speaks plaintext. */
  readonly tlsOptions: readonly string[];
  /** The two ends of the tunnel, where there is one. */
  readonly tunnel?: { readonly client: Daemon; readonly server: Daemon };
  /** Where the server end takes TLS handshakes, and openssl's options for them. */
  readonly handshake?: {
    readonly address: string;
    readonly server: Daemon;
    readonly options: readonly string[];
  };
}

export type TunnelRoute = Route & Required<Pick<Route, "tunnel" | "handshake">>;
