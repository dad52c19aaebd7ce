import assert from "node:assert/strict";
import { shardOf, stateOf } from "../../../lab/cluster/nodes.js";
import type { ReplicasFixture } from "./openFixture.js";

/** How many slots each shard has, by shards, as all nodes see it. */
export async function spread({ nodes }: Pick<ReplicasFixture, "nodes">): Promise<number[]> {
  const states = await Promise.all(nodes.map(stateOf));
  const spreads = states.map(({ view }) => {
    const counts: number[] = [];
    for (const [place, { slots }] of view) counts[shardOf(place)] = (counts[shardOf(place)] ?? 0) + slots;
    return counts;
  });
  const [first = []] = spreads;
  for (const one of spreads) assert.deepEqual(one, first);
  return first;
}
