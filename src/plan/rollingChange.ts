import { isAlone, unhealthyBecause, type Reported } from "./health";

/** A node whose instance is as this update has it. */
export interface UpdatedNode {
  readonly name: string;
  readonly instanceId: string;
  readonly instanceType: string;
  /** What this update did: made it, where there was none, changed the one that there was, or left it as it is. */
  readonly was: "made" | "changed" | "kept";
  readonly reported: Reported;
}

/** A node that is there, and whose turn it is. */
export interface NextNode {
  readonly name: string;
  /** Whether its instance is going to be replaced, or stopped. */
  readonly changes: boolean;
  readonly reported: Reported;
}

export interface Hindrances {
  /** What has to end first. */
  readonly waitsFor: readonly string[];
  /** What is wrong, and keeps nobody. */
  readonly warnings: readonly string[];
}

/**
 * What stands in the way of a node's change: the nodes before it that this update has changed, until they have reported themselves
 * healthy. Where the node is going to be changed, all nodes before it that are not, and values that it alone has.
 */
export function hindrances(next: NextNode, before: readonly UpdatedNode[], now: Date): Hindrances {
  if (!next.changes) return unfinished(before, now);
  return { waitsFor: [...troubles(before, now), ...valuesOf(next)], warnings: [] };
}

/** What keeps an update from being over: nodes that it has changed. New ones are waited for by nobody. */
export function unfinished(nodes: readonly UpdatedNode[], now: Date): Hindrances {
  const those = (what: UpdatedNode["was"]): string[] =>
    troubles(
      nodes.filter(({ was }) => was === what),
      now,
    );
  return { waitsFor: those("changed"), warnings: those("kept") };
}

function troubles(nodes: readonly UpdatedNode[], now: Date): string[] {
  return nodes.flatMap((node) => {
    const why = trouble(node, now);
    return why === undefined ? [] : [`${node.name} (${node.instanceId}): ${why}`];
  });
}

/** A report may be of the instance before, or of the same one before it was stopped. */
function trouble({ instanceId, instanceType, reported }: UpdatedNode, now: Date): string | undefined {
  const isOfAnother =
    typeof reported === "object" && (reported.instanceId !== instanceId || reported.instanceType !== instanceType);
  return isOfAnother ? "it has not reported since it was changed" : unhealthyBecause(reported, now);
}

/** Nobody would have them, should it go now. */
function valuesOf({ name, reported }: NextNode): string[] {
  const hasThemAlone = typeof reported === "object" && isAlone(reported);
  return hasThemAlone ? [`${name}: it is the primary, and no replica follows it: its values would be lost`] : [];
}
