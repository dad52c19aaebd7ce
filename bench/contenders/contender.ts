import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** Ours by the name of the engine when reached by a port, with `Socket` behind it by a Unix socket. */
export type ContenderName =
  "plaintext" | "redisTls" | "article" | TunnelEngine | `${TunnelEngine}Socket` | "ghostunnel" | "spiped";

/** A way from an application to Redis. */
export interface Contender {
  readonly name: ContenderName;
  readonly label: string;
  /** One sentence for the page. */
  readonly what: string;
  /** Whether this library makes it. */
  readonly ours: boolean;
  start(fixture: Fixture): Promise<Route>;
}
