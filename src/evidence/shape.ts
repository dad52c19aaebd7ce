import type { CachePlan } from "../plan/cachePlan";

/** What a cache is: one node, a primary with replicas, or shards. */
export type Shape = "alone" | "replicas" | "shards";

type Plan = Pick<CachePlan, "replication" | "cluster">;

/** Which of them a cache is. */
export function shapeOf({ replication, cluster }: Plan): Shape {
  if (cluster !== undefined) return "shards";
  return replication === undefined ? "alone" : "replicas";
}

/** Whether its nodes talk to each other. */
export function hasPeers(plan: Plan): boolean {
  return shapeOf(plan) !== "alone";
}
