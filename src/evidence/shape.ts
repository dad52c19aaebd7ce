import type { CachePlan } from "../plan/cachePlan";
import { peersOf, type Among } from "../plan/peers";

/** What a cache is: one node, a primary with replicas, or shards. */
export type Shape = "alone" | Among;

type Plan = Pick<CachePlan, "replication" | "cluster">;

/** Which of them a cache is. */
export function shapeOf(plan: Plan): Shape {
  return peersOf(plan)?.among ?? "alone";
}

/** Whether its nodes talk to each other. */
export function hasPeers(plan: Plan): boolean {
  return peersOf(plan) !== undefined;
}

/** What is said of each node; of those of a cluster, which may be hundreds, once of all. */
export function ofEachNode<Node>(
  { cluster }: Plan,
  nodes: readonly Node[],
  each: (node: Node) => string,
  all: string,
): string[] {
  return cluster === undefined ? nodes.map(each) : [all];
}
