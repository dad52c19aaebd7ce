import { shardOf, stateOf } from "../../../lab/cluster/nodes.js";
import { waitFor } from "../../../lab/until.js";
import type { ReplicasFixture } from "./openFixture.js";

/** How many slots each shard has, by shards, once all nodes see the same: they hear one after the other of a slot that has moved. */
export async function spread({ nodes }: Pick<ReplicasFixture, "nodes">): Promise<number[]> {
  let spreads: number[][] = [];
  await waitFor(
    "all nodes see the same spread of slots",
    async () => {
      spreads = (await Promise.all(nodes.map(stateOf))).map(({ view }) => {
        const counts: number[] = [];
        for (const [place, { slots }] of view) counts[shardOf(place)] = (counts[shardOf(place)] ?? 0) + slots;
        return counts;
      });
      return spreads.every((one) => one.length > 0 && one.join() === spreads[0]?.join());
    },
    { shown: () => JSON.stringify(spreads) },
  );
  return spreads[0] ?? [];
}
