import type { Road } from "../../lab/roads/road.js";
import type { World } from "../../lab/roads/roadWorld.js";

export type RivalName = "plaintext" | "redisTls" | "article" | "stunnel" | "haproxy" | "ghostunnel" | "spiped";

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
