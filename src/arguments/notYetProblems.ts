import type { CacheArguments } from "./cacheArguments";
import type { Problem } from "./problems";

/** What the plan knows, and nodes and applications do not yet. */
export function notYetProblems({ shards = 1 }: Pick<CacheArguments<unknown>, "shards">): Problem[] {
  if (shards === 1) return [];
  const allowed = "More than one is not available yet: leave shards out.";
  return [{ path: "shards", got: String(shards), allowed }];
}
