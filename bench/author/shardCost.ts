import { result, type Result } from "../figures/result.js";
import { figureNames, figures, linearity, type Sized } from "./costFigures.js";
import { withPreviews, type Cost } from "./previews.js";

/** Wall-clock and memory of `pulumi preview` of one cache with so many shards, each with a replica. */
export function shardCost(
  shardCounts: readonly number[],
  rounds: number,
  progress: (line: string) => void,
): Promise<Result[]> {
  return withPreviews(["withShards"], progress, async ({ withShards }) => {
    // The first preview fills the file cache and is not counted.
    if (rounds > 1) await withShards(3);
    const rows: Sized[] = [];
    for (const count of shardCounts) {
      const costs: Cost[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const cost = await withShards(count);
        progress(`${count} shards, round ${round} of ${rounds}: ${cost.seconds.toFixed(2)} s`);
        costs.push(cost);
      }
      rows.push({ count, costs });
    }
    return [...rows.flatMap(told), ...linearity("a shard", rows)];
  });
}

function told({ count, costs }: Sized): Result[] {
  const label = `preview of ${count} shards with a replica each`;
  return [
    result(`${label}: resources, without components`, "resources", [costs[0]?.resources.length ?? NaN]),
    ...figureNames.map((figure) => {
      const { what, unit } = figures[figure];
      return result(
        `${label}: ${what}`,
        unit,
        costs.map((cost) => cost[figure]),
      );
    }),
  ];
}
