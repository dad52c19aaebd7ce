import assert from "node:assert/strict";
import { result, type Result } from "../figures/result.js";
import { figureNames, figures, linearity } from "./costFigures.js";
import { withPreviews, type Cost, type Preview } from "./previews.js";

const programs = ["byHand", "withLibrary"] as const;
type Program = (typeof programs)[number];
type Previews = Readonly<Record<Program, Preview>>;

/** Wall-clock and memory of `pulumi preview` of caches, beside the same resources written by hand. */
export function previewCost(
  cacheCounts: readonly number[],
  rounds: number,
  progress: (line: string) => void,
): Promise<Result[]> {
  return withPreviews(programs, progress, async (previews) => {
    // The first preview of each fills the file cache and is not counted; a single round tells no time that counts.
    if (rounds > 1) await previewBoth(previews, 1, programs);
    const rows: Row[] = [];
    for (const caches of cacheCounts) {
      rows.push({ caches, costs: await measure(previews, caches, rounds, progress) });
    }
    const ofLibrary = rows.map(({ caches, costs }) => ({ count: caches, costs: costs.withLibrary }));
    return [...rows.flatMap(compare), ...linearity("a cache", ofLibrary)];
  });
}

/** What all rounds of one number of caches have cost. */
interface Row {
  readonly caches: number;
  readonly costs: Readonly<Record<Program, readonly Cost[]>>;
}

async function measure(
  previews: Previews,
  caches: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<Row["costs"]> {
  const costs: Record<Program, Cost[]> = { byHand: [], withLibrary: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    const order = round % 2 === 0 ? programs : [...programs].reverse();
    const both = await previewBoth(previews, caches, order);
    for (const program of order) {
      const cost = both[program];
      progress(`${caches} caches, round ${round} of ${rounds}, ${program}: ${cost.seconds.toFixed(2)} s`);
      costs[program].push(cost);
    }
  }
  return costs;
}

function compare({ caches, costs }: Row): Result[] {
  const [hand, library] = [costs.byHand, costs.withLibrary];
  const label = `preview of ${caches} ${caches === 1 ? "cache" : "caches"}`;
  return [
    result(`${label}: resources, without components`, "resources", [hand[0]?.resources.length ?? NaN]),
    ...figureNames.flatMap((figure) => {
      const { what, unit } = figures[figure];
      const values = (of: readonly Cost[]): number[] => of.map((cost) => cost[figure]);
      const ratios = library.map((cost, index) => cost[figure] / (hand[index]?.[figure] ?? NaN));
      return [
        result(`${label}, by hand: ${what}`, unit, values(hand)),
        result(`${label}, with the library: ${what}`, unit, values(library)),
        result(`${label}, ratio: ${what}`, "ratio", ratios, { atMost: 1.1 }),
      ];
    }),
  ];
}

/** One preview of each program, which must make the same resources. */
async function previewBoth(
  previews: Previews,
  caches: number,
  order: readonly Program[],
): Promise<Record<Program, Cost>> {
  const costs: Partial<Record<Program, Cost>> = {};
  for (const program of order) costs[program] = await previews[program](caches);
  const { byHand, withLibrary } = costs as Record<Program, Cost>;
  assert.deepEqual(withLibrary.resources, byHand.resources, "Both programs must make the same resources.");
  return { byHand, withLibrary };
}
