/** When a node reports how it does, and how long is waited for that. */
export const healthTimes = {
  /** How often a node looks at itself: it reports what has changed. */
  lookSeconds: 20,
  /** How often it reports what has not. */
  reportSeconds: 120,
  /** A report that is older says nothing any more. */
  staleSeconds: 360,
  /** How long `pulumi up` waits for a node: packages are installed meanwhile. */
  patienceMinutes: 30,
} as const;

/** Where a node's report is: by its secret's name, which no other stack's cache has. The script `report-health` makes the same of the ARN. */
export function healthParameterName(secretArn: string): string {
  return `/hipaa-redis/${secretArn.split(":").at(-1) ?? ""}`;
}

/** What the parameter holds until a node first reports. */
export const notReportedYet = JSON.stringify({ schemaVersion: 1 });

/** What a node says of itself. */
export interface HealthReport {
  readonly schemaVersion: 1;
  readonly instanceId: string;
  /** A stopped instance may come back with another one. */
  readonly instanceType: string;
  /** What Redis says of its replication (redis.io, "INFO"); empty while it does not answer. */
  readonly replication: string;
  readonly time: string;
}

/** What its parameter holds. */
export type Reported = HealthReport | "nothing yet" | "no report";

/** Reads a node's parameter. Whatever is no report is not taken for none: then nobody would be waited for. */
export function readReport(text = notReportedYet): Reported {
  if (text === notReportedYet) return "nothing yet";
  try {
    const value: unknown = JSON.parse(text);
    return isReport(value) ? value : "no report";
  } catch {
    return "no report";
  }
}

const textsOfReport = ["instanceId", "instanceType", "replication", "time"];
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** By hand: every program would load zod for this alone, which takes as long as a tenth of Pulumi's SDK. */
function isReport(value: unknown): value is HealthReport {
  if (typeof value !== "object" || value === null) return false;
  const { schemaVersion, ...texts } = value as Readonly<Record<string, unknown>>;
  const { time } = texts;
  return (
    schemaVersion === 1 &&
    Object.keys(texts).sort().join() === textsOfReport.join() &&
    Object.values(texts).every((text) => typeof text === "string") &&
    typeof time === "string" &&
    isoTime.test(time) &&
    !Number.isNaN(Date.parse(time))
  );
}

/** What keeps a node from being healthy; nothing where it is. */
export function unhealthyBecause(reported: Reported, now: Date, hasReplicas = true): string | undefined {
  if (reported === "nothing yet") return "it has not reported yet";
  if (reported === "no report") return "its parameter holds no report";
  const { replication, time } = reported;
  if (!isFresh(reported, now)) return `it last reported at ${time}`;
  const { role, isLinked, isSyncing, replicas, clusterState } = readReplication(replication);
  if (role === undefined) return tooOld(replication) ?? "its Redis does not answer";
  if (clusterState !== undefined && clusterState !== "ok") return "it is not in touch with most of the primaries";
  if (role === "primary")
    return replicas > 0 || !hasReplicas ? undefined : "it is the primary, and no replica follows it";
  if (isSyncing) return "it still copies the primary's values";
  return isLinked ? undefined : "it has no link to a primary";
}

/** That the node does not start its server, in the words of its script `check-server`; nothing where that is not why. */
function tooOld(replication: string): string | undefined {
  const told = fieldsOf(replication)("too_old") ?? "";
  if (!/^[a-z0-9.+-]+ [\w.+:~-]* is older than [\w.+:~-]+$/.test(told)) return undefined;
  return `${told} and not started (docs/operating.md, "A server that is too old")`;
}

/** Whether a report says how its node does now. */
export function isFresh({ time }: HealthReport, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(time)) <= healthTimes.staleSeconds * 1000;
}

/** Whether a node says that it is the primary, and that no other has its values. */
export function isAlone({ replication }: HealthReport): boolean {
  const { role, replicas } = readReplication(replication);
  return role === "primary" && replicas === 0;
}

/** Whether a node says that it is the primary, and that others have its values. */
export function isFollowed({ replication }: HealthReport): boolean {
  const { role, replicas } = readReplication(replication);
  return role === "primary" && replicas > 0;
}

/** Redis calls them master and slave. */
const roles: Readonly<Record<string, "primary" | "replica">> = { master: "primary", slave: "replica" };

interface Replication {
  readonly role?: "primary" | "replica" | undefined;
  readonly isLinked: boolean;
  readonly isSyncing: boolean;
  /** How many follow. */
  readonly replicas: number;
  /** In a cluster: whether it is in touch with most primaries (redis.io, "CLUSTER INFO"). */
  readonly clusterState?: string | undefined;
}

/** Looks up what is said of a name, in lines as INFO has them. */
export function fieldsOf(text: string): (name: string) => string | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  return (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
}

function readReplication(text: string): Replication {
  const field = fieldsOf(text);
  return {
    role: roles[field("role") ?? ""],
    isLinked: field("master_link_status") === "up",
    isSyncing: field("master_sync_in_progress") === "1",
    replicas: text.match(/^slave\d+:.*\bstate=online\b/gm)?.length ?? 0,
    clusterState: field("cluster_state"),
  };
}
