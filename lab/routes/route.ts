import type { Daemon } from "../machines/machine.js";

/** A way from an application to Redis that is open: where a client on the app machine connects, and what is in between. */
export interface Route {
  readonly host: string;
  readonly port: number;
  /** The same by a Unix socket, where the near end has one. */
  readonly socketPath?: string;
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
