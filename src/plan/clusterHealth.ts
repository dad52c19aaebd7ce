import { createHash } from "node:crypto";
import type { ClusterPlan } from "./cluster";
import { counted } from "./counted";
import { membersText } from "./members";
import { fieldsOf, healthTimes, type HealthReport } from "./health";
import { settleSeconds } from "./refresh";

/** What the reports of a cluster's nodes are held against. */
export interface ClusterHealth {
  /** Whether a primary is to have replicas. */
  readonly hasReplicas: boolean;
  /** The list of members that nodes go by, as they tell it. */
  readonly members: string;
  /** How long `pulumi up` waits while nothing gets better: before slots move, nothing does. */
  readonly patienceMinutes: number;
}

export function clusterHealth(
  { members, replicas }: Pick<ClusterPlan, "members" | "replicas">,
  refreshIntervalSeconds: number,
): ClusterHealth {
  return {
    hasReplicas: replicas > 0,
    members: membersSum(membersText(members)),
    patienceMinutes: healthTimes.patienceMinutes + Math.ceil(settleSeconds(refreshIntervalSeconds) / 60),
  };
}

/** Of the list as a host's secret carries it, as the script `cluster-health` has it. */
export function membersSum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** What a node says of the cluster, beside what it says of itself; nothing where it is in none. */
export interface ClusterReport {
  /** Whether it is in touch with most of the primaries. */
  readonly isOk: boolean;
  readonly members: string;
  /** How many slots it leads. */
  readonly slots: number;
  /** How many are with nodes that the list has no more. */
  readonly strangers: number;
  /** How many are not yet where they are to be by its list. */
  readonly misplaced: number;
}

export function readCluster({ replication }: HealthReport): ClusterReport | undefined {
  const field = fieldsOf(replication);
  const state = field("cluster_state");
  if (state === undefined) return undefined;
  const count = (name: string): number => Number(field(name) ?? NaN);
  return {
    isOk: state === "ok",
    members: field("members") ?? "",
    slots: count("slots"),
    strangers: count("strangers"),
    misplaced: count("misplaced"),
  };
}

/** What keeps the slots from being spread as planned, as a node sees it; nothing where they are. */
export function notSpreadBecause(report: HealthReport, { members }: ClusterHealth): string | undefined {
  const told = readCluster(report);
  if (told === undefined) return "it does not tell of the cluster";
  if (told.members !== members) return "it has not got the list of all nodes yet";
  if (told.strangers !== 0) return `${counted(told.strangers, "slot")} of nodes that go are still with them`;
  return told.misplaced === 0 ? undefined : `${counted(told.misplaced, "slot")} are not yet where they are to be`;
}
