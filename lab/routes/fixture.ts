import type { Certificates } from "../machines/certificates.js";
import type { Daemon, Machine } from "../machines/machine.js";

/** Two machines, the two kinds of Redis on one of them, and the keys: what every route is built on. */
export interface Fixture {
  readonly app: Machine;
  readonly node: Machine;
  readonly certificates: Certificates;
  readonly password: string;
  readonly shippedRedis: Daemon;
  readonly openRedis: Daemon;
  stop(): Promise<void>;
}
