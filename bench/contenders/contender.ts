import type { Route } from "../../lab/routes/route.js";
import type { Fixture } from "../../lab/routes/fixture.js";

export type ContenderName = "plaintext" | "redisTls" | "article" | "stunnel" | "haproxy" | "ghostunnel" | "spiped";

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
