import { isAlone, unhealthyBecause, type Reported } from "./health";

/** A node whose instance is as this update has it. */
export interface UpdatedNode {
  readonly name: string;
  readonly instanceId: string;
  readonly instanceType: string;
  readonly reported: Reported;
}

/** A node whose turn it is. */
export interface NextNode {
  readonly name: string;
  /** Whether its instance is going to be replaced, or stopped. */
  readonly isChanged: boolean;
  readonly reported: Reported;
}

export interface Hindrances {
  /** What has to end first. */
  readonly waitsFor: readonly string[];
  /** What is wrong, and keeps nobody. */
  readonly warnings: readonly string[];
}

/** Names of nodes. */
type Names = ReadonlySet<string>;

/**
 * Whether the report is of the instance that is there now. One that was replaced, or was stopped and came back as another type, has not
 * reported since.
 */
export function speaksForItself({ instanceId, instanceType, reported }: UpdatedNode): boolean {
  return typeof reported === "object" && reported.instanceId === instanceId && reported.instanceType === instanceType;
}

/**
 * What stands in the way of a node's change: the nodes before it that this update has changed, until they have reported themselves
 * healthy. Where the node is going to be replaced, also those that are ill without it, and values that it alone has. One that has never reported
 * is being made, and nothing is lost with it.
 */
export function hindrances(next: NextNode, before: readonly UpdatedNode[], changed: Names, now: Date): Hindrances {
  if (next.reported === "nothing yet") return { waitsFor: [], warnings: [] };
  const { waitsFor, warnings } = troubles(before, changed, now);
  return next.isChanged
    ? { waitsFor: [...waitsFor, ...warnings, ...valuesOf(next)], warnings: [] }
    : { waitsFor, warnings };
}

/** What keeps an update from being over: nodes that it has changed. Those that never reported are being made, and nobody waits for them. */
export function unfinished(nodes: readonly UpdatedNode[], changed: Names, now: Date): Hindrances {
  return troubles(
    nodes.filter(({ reported }) => reported !== "nothing yet"),
    changed,
    now,
  );
}

function troubles(nodes: readonly UpdatedNode[], changed: Names, now: Date): Hindrances {
  const trouble = (node: UpdatedNode): string[] => {
    const why = speaksForItself(node)
      ? unhealthyBecause(node.reported, now)
      : "it has not reported since it was changed";
    return why === undefined ? [] : [`${node.name} (${node.instanceId}): ${why}`];
  };
  const isChanged = (node: UpdatedNode): boolean => changed.has(node.name) || !speaksForItself(node);
  return {
    waitsFor: nodes.filter(isChanged).flatMap(trouble),
    warnings: nodes.filter((node) => !isChanged(node)).flatMap(trouble),
  };
}

/** Nobody would have them, should it go now. */
function valuesOf({ name, reported }: NextNode): string[] {
  const hasThemAlone = typeof reported === "object" && isAlone(reported);
  return hasThemAlone ? [`${name}: it is the primary, and no replica follows it: its values would be lost`] : [];
}
