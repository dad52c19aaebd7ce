import type { Attack } from "../../../lab/scenario/attack.js";
import type { Result } from "../../../lab/scenario/runSuite.js";
import type { OperatingSystem } from "../../../src/plan/operatingSystem.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";

/** What came of the attacks that were made with one engine. */
export interface Run {
  /** Of the hosts. */
  readonly operatingSystem: OperatingSystem;
  readonly results: Map<Attack, Result>;
  /** What was measured on the way. */
  readonly figures: ReadonlyMap<string, string>;
  /** For each string argument, whether every forged text was refused or parsed as it is meant. */
  readonly forged: Map<string, boolean>;
}

/** What the test files of this run have found, for the page that the last of them compares. */
export const runs = new Map<TunnelEngine, Run>();
