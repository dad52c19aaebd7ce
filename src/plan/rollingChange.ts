import { notSpreadBecause, readCluster, type ClusterHealth } from "./clusterHealth";
import { counted } from "./counted";
import { isAlone, isFollowed, isFresh, unhealthyBecause, type HealthReport, type Reported } from "./health";

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
  /** In a cluster: those of its shard that come after it, which are as they were. */
  readonly peers?: readonly Pick<UpdatedNode, "name" | "reported">[];
}

export interface Hindrances {
  /** What has to end first. */
  readonly waitsFor: readonly string[];
  /** What is wrong, and keeps nobody. */
  readonly warnings: readonly string[];
  /** What is left of work that goes on by itself: as long as it grows less, it is waited for. */
  readonly left?: number;
}

/**
 * What stands in the way of a node's change: the nodes before it that this update has changed, until they have reported themselves
 * healthy. Where the node is going to be changed, all nodes before it that are not, and values that it alone has.
 */
export function hindrances(
  next: NextNode,
  before: readonly UpdatedNode[],
  now: Date,
  cluster?: ClusterHealth,
): Hindrances {
  const hasReplicas = cluster?.hasReplicas ?? true;
  if (!next.changes) return unfinished(before, now, hasReplicas);
  const waitsFor = [
    ...troubles(before, now, hasReplicas),
    ...peersOf(next, now, hasReplicas),
    ...(hasReplicas ? valuesOf(next) : heirsOf(next)),
  ];
  return { waitsFor, warnings: [] };
}

/** What keeps an update from being over: nodes that it has changed. New ones are waited for by nobody. */
export function unfinished(nodes: readonly UpdatedNode[], now: Date, hasReplicas = true): Hindrances {
  const those = (what: UpdatedNode["was"]): string[] =>
    troubles(
      nodes.filter(({ was }) => was === what),
      now,
      hasReplicas,
    );
  return { waitsFor: those("changed"), warnings: those("kept") };
}

/**
 * What keeps an update of a cluster from being over besides: slots that are not where they are to be. A node that leaves is deleted once the
 * program has ended, and what it then had would be lost.
 */
export function notSpread(nodes: readonly UpdatedNode[], now: Date, cluster: ClusterHealth): Hindrances {
  const none = { waitsFor: [], warnings: [] };
  const old = nodes.filter(({ was }) => was !== "made");
  if (old.length === 0) return none;
  const told = old.flatMap(({ name, reported }) =>
    typeof reported === "object" && isFresh(reported, now) ? [{ name, reported }] : [],
  );
  if (told.length === 0) return { ...none, waitsFor: ["no node tells where the slots are"] };
  const waiting = { ...none, waitsFor: togetherFor(told, cluster) };
  const views = told.map(({ reported }) => readCluster(reported));
  // By the list before this one nothing may be left: what is begun by this one would not be less.
  if (views.some((view) => view?.members !== cluster.members)) return waiting;
  return { ...waiting, left: Math.max(...views.map((view) => view?.misplaced ?? 0)) };
}

/** Of hundreds of nodes that say the same, each reason is told once. */
function togetherFor(told: readonly { name: string; reported: HealthReport }[], cluster: ClusterHealth): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reported } of told) {
    const why = notSpreadBecause(reported, cluster);
    if (why !== undefined) names.set(why, [...(names.get(why) ?? []), name]);
  }
  return [...names].map(([why, [first = "", ...others]]) => {
    const more = others.length === 0 ? "" : ` and ${counted(others.length, "other node")}`;
    return `${first}${more}: ${why}`;
  });
}

function troubles(nodes: readonly UpdatedNode[], now: Date, hasReplicas: boolean): string[] {
  return nodes.flatMap((node) => {
    const why = trouble(node, now, hasReplicas);
    return why === undefined ? [] : [`${node.name} (${node.instanceId}): ${why}`];
  });
}

/** A report may be of the instance before, or of the same one before it was stopped. */
function trouble(
  { instanceId, instanceType, reported }: UpdatedNode,
  now: Date,
  hasReplicas: boolean,
): string | undefined {
  const isOfAnother =
    typeof reported === "object" && (reported.instanceId !== instanceId || reported.instanceType !== instanceType);
  return isOfAnother ? "it has not reported since it was changed" : unhealthyBecause(reported, now, hasReplicas);
}

/** One that is well itself does not go while another of its shard is away. One that is not may: nobody has anything of it. */
function peersOf({ reported, peers = [] }: NextNode, now: Date, hasReplicas: boolean): string[] {
  if (unhealthyBecause(reported, now, hasReplicas) !== undefined) return [];
  return peers.flatMap((peer) => {
    // One that is new has nothing that the others lack.
    const why = peer.reported === "nothing yet" ? undefined : unhealthyBecause(peer.reported, now, hasReplicas);
    return why === undefined ? [] : [`${peer.name}: ${why}`];
  });
}

/** Nobody would have them, should it go now. One that leads no slots has none. */
function valuesOf({ name, reported }: NextNode): string[] {
  const hasThemAlone = typeof reported === "object" && isAlone(reported) && readCluster(reported)?.slots !== 0;
  return hasThemAlone ? [`${name}: it is the primary, and no replica follows it: its values would be lost`] : [];
}

/** They would lead instead of it, and are to go: a new node has no way to them. */
function heirsOf({ name, reported }: NextNode): string[] {
  const isLed = typeof reported === "object" && isFollowed(reported);
  const why =
    "replicas follow it that the plan has no more, and it would hand over to one of them: give replicas again";
  return isLed ? [`${name}: ${why}`] : [];
}
