import { shardRange } from "../plan/cluster";
import { replicaRange } from "../plan/replication";
import type { CacheArguments } from "./cacheArguments";
import type { Check } from "./check";
import { quoted, type Problem } from "./problems";

const { least, most } = replicaRange;

/** How many there may be at all; of how many nodes they are shows beside `shards`. */
export const replicasProblems: Check = (path, value) => {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return [];
  const allowed = `Give 0, or a whole number of replicas from ${least} to ${most}; with shards, 1 as well.`;
  return [{ path, got: quoted(value), allowed }];
};

/** Of two shards, the primary that is left when one is away can't outvote it. */
export const shardsProblems: Check = (path, value) => {
  const { least, most } = shardRange;
  if (value === 1) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return [];
  const allowed =
    value === 2
      ? `Of two shards, one that is left is no majority, and nobody could take over: give 1, or ${least} to ${most}.`
      : `Give 1, or a whole number of shards from ${least} to ${most}.`;
  return [{ path, got: quoted(value), allowed }];
};

/** One replica is none of a majority's making: two nodes can't outvote each other. Of shards, the other primaries do. */
export function loneReplicaProblems({ shards = 1, replicas }: CacheArguments<unknown>): Problem[] {
  if (replicas !== 1 || shards > 1) return [];
  const allowed =
    `Of two nodes, one that is left is no majority, and could not take over: give 0, or ${least} to ${most}, or give shards as well, ` +
    "each of which can have 1.";
  return [{ path: "replicas", got: "1", allowed }];
}
