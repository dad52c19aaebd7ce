import type { Result } from "../../../lab/scenario/runTheme.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";

/** What came of all attacks with one engine. */
export interface Run {
  /** A list for each theme. */
  readonly results: ReadonlyMap<string, readonly Result[]>;
  /** What was measured on the way. */
  readonly figures: ReadonlyMap<string, string>;
  /** For each string argument, whether every forged text was refused or parsed as it is meant. */
  readonly forged: Map<string, boolean>;
}

/** What the test files of this run have found, for the page that the last of them compares. */
export const runs = new Map<TunnelEngine, Run>();
