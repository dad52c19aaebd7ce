import type { Daemon } from "../machines/machine.js";
import type { World } from "./world.js";

export type RivalName =
  "plaintext" | "redisTls" | "article" | "stunnel" | "haproxy" | "ghostunnel" | "spiped";

/** A way from an application to Redis. */
export interface Rival {
  readonly name: RivalName;
  readonly label: string;
  /** One sentence for the page. */
  readonly what: string;
  /** Whether this library makes it. */
  readonly ours: boolean;
  start(world: World): Promise<Road>;
}

/** A way that is open: where a client on the app machine connects, and what is in between. */
export interface Road {
  readonly host: string;
  readonly port: number;
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
