import { createHash } from "node:crypto";
import type { Change } from "./change.js";

/**
 * Some of the changes, drawn by a seed: as many of each folder, and within a folder as evenly over the kinds of faults
 * as there are such. Each change has a rank of its own, so that one that is new moves no other.
 */
export function sample(
  folders: ReadonlyMap<string, readonly Change[]>,
  count: number,
  seed: number,
): Map<string, Change[]> {
  const shares = [...folders.keys()].map(
    (folder, index) => [folder, Math.floor((count + folders.size - 1 - index) / folders.size)] as const,
  );
  return new Map(shares.map(([folder, share]) => [folder, drawn(folders.get(folder) ?? [], share, seed)]));
}

function drawn(changes: readonly Change[], count: number, seed: number): Change[] {
  const ranked = changes
    .map((change) => ({ change, rank: rankOf(change, seed) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  // The first of each kind, then the second of each: the kind with the luckiest change goes first.
  const turns = new Map<string, number>();
  return ranked
    .map(({ change }) => {
      const turn = turns.get(change.kind) ?? 0;
      turns.set(change.kind, turn + 1);
      return { change, turn };
    })
    .sort((one, other) => one.turn - other.turn)
    .slice(0, count)
    .map(({ change }) => change);
}

function rankOf({ file, kind, start, end, text }: Change, seed: number): string {
  return createHash("sha256")
    .update(JSON.stringify([seed, file, kind, start, end, text]))
    .digest("hex");
}
