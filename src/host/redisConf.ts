import type { LockedCommand } from "../plan/commands";
import type { CachePlan } from "../plan/cachePlan";
import { defaultEngine, engineVersion, type EngineVersion, type Served } from "../plan/engine";
import { defaultEvictionPolicy } from "../plan/eviction";
import { defaultOperatingSystem } from "../plan/operatingSystem";
import { hostPaths } from "./hostPaths";
import { noKeyspaceEvents } from "../plan/keyspaceEvents";
import { clientBuffers, redisLimits } from "../plan/limits";
import { redisPort } from "../plan/ports";
import { replicationRules, type Member } from "../plan/replication";
import { encodeLines, type Settings } from "./encode";

/** What a team may choose of it, and what reads it. */
export type RedisSettings = Pick<CachePlan, "evictionPolicy" | "keyspaceEvents" | "maxValueBytes" | keyof Served>;

/** Where a node is among others. */
export type Replicated = Pick<Member, "loopbackAddress">;

/** Of a cache that chooses none of it. */
export const defaultSettings: RedisSettings = {
  evictionPolicy: defaultEvictionPolicy,
  keyspaceEvents: noKeyspaceEvents,
  maxValueBytes: redisLimits.largestValueBytes,
  engine: defaultEngine,
  operatingSystem: defaultOperatingSystem,
};

/**
 * redis.conf (redis.io, "Redis configuration"): reachable on a Unix socket alone, in front of which is the tunnel, and where there are
 * replicas on the loopback, as Redis and Sentinel know each other by addresses; nothing is ever written to disk; locked commands are gone.
 */
export function redisConf(
  commands: readonly LockedCommand[],
  { evictionPolicy, keyspaceEvents, maxValueBytes, ...served }: RedisSettings = defaultSettings,
  member?: Replicated,
): string {
  return encodeLines([
    ...(member === undefined ? ([["port", 0]] as const) : onLoopback(member)),
    ...listening,
    ...nothingOnDisk,
    ...noValuesInLogs,
    ...closedSwitches,
    ...versionSettings(engineVersion(served)),
    ["maxmemory-policy", evictionPolicy],
    ...(keyspaceEvents === noKeyspaceEvents ? [] : ([["notify-keyspace-events", keyspaceEvents]] as const)),
    ...limits(maxValueBytes),
    ["include", hostPaths.redisMemory],
    ...commands.filter((command) => command.treatment === "disabled").map(disable),
    ["include", hostPaths.redisCommands],
    ["include", hostPaths.redisUsers],
    ...(member === undefined ? [] : [...copying(member), ["include", hostPaths.redisRole] as const]),
  ]);
}

const listening: Settings = [
  ["unixsocket", hostPaths.redisSocket],
  ["unixsocketperm", 660],
  ["supervised", "systemd"],
  ["daemonize", "no"],
  ["protected-mode", "yes"],
];

function onLoopback({ loopbackAddress }: Replicated): Settings {
  return [
    ["bind", loopbackAddress],
    ["port", redisPort],
  ];
}

/**
 * A whole copy goes from memory to memory (redis.conf, "Replication"): `swapdb` alone writes no file, also where the replica holds values
 * already, which it keeps until it has the new ones.
 */
function copying({ loopbackAddress }: Replicated): Settings {
  const { minReplicasToWrite, minReplicasMaxLagSeconds, backlogBytes } = replicationRules;
  return [
    ["replica-announce-ip", loopbackAddress],
    ["replica-announce-port", redisPort],
    ["repl-diskless-sync", "yes"],
    ["repl-diskless-sync-delay", 0],
    ["repl-diskless-load", "swapdb"],
    ["repl-backlog-size", backlogBytes],
    // A link on which nothing comes is made anew before TCP would notice.
    ["repl-ping-replica-period", 1],
    ["repl-timeout", 10],
    // A primary that others don't hear any more takes no writes that they would not have.
    ["min-replicas-to-write", minReplicasToWrite],
    ["min-replicas-max-lag", minReplicasMaxLagSeconds],
  ];
}

const nothingOnDisk: Settings = [
  ["save", '""'],
  ["appendonly", "no"],
  // A working directory in memory, should anything be written after all.
  ["dir", hostPaths.redisFolder],
  ["rdb-del-sync-files", "yes"],
];

const noValuesInLogs: Settings = [
  ["logfile", '""'],
  ["loglevel", "notice"],
  ["slowlog-log-slower-than", -1],
  ["slowlog-max-len", 0],
  // It would keep the names of those who were refused, as long as they like to be called, beyond their connection.
  ["acllog-max-len", 0],
  ["latency-monitor-threshold", 0],
  ["crash-log-enabled", "no"],
  ["crash-memcheck-enabled", "no"],
];

const closedSwitches: Settings = [
  ["enable-protected-configs", "no"],
  ["enable-debug-command", "no"],
  ["enable-module-command", "no"],
];

/** A text of a client has no place in a log, were it the server's own that it ends. */
const noUserData: Settings = [["hide-user-data-from-log", "yes"]];

/** What some versions alone have: a parameter that a server doesn't know keeps it from starting. */
export function versionSettings(version: EngineVersion): Settings {
  return ofVersion[version];
}

const ofVersion: Readonly<Record<EngineVersion, Settings>> = {
  "Redis 7.0": [],
  "Redis 8.0": noUserData,
  "Valkey 8.1": [
    ...noUserData,
    // Beside commands that are slow it would keep those that are large, or whose answers are, PHI included.
    ["commandlog-request-larger-than", -1],
    ["commandlog-large-request-max-len", 0],
    ["commandlog-reply-larger-than", -1],
    ["commandlog-large-reply-max-len", 0],
  ],
};

function limits(maxValueBytes: number): Settings {
  const { queryBufferBytes, outputBuffer } = clientBuffers(maxValueBytes);
  return [
    ["maxmemory-clients", `${redisLimits.clientMemoryPercent}%`],
    ["maxclients", redisLimits.clients],
    ["proto-max-bulk-len", maxValueBytes],
    ["client-query-buffer-limit", queryBufferBytes],
    ["client-output-buffer-limit", `normal ${bufferLimit(outputBuffer)}`],
    ["client-output-buffer-limit", `pubsub ${bufferLimit(redisLimits.subscriberBuffer)}`],
    ["tcp-backlog", redisLimits.waitingConnections],
    // A client that is only silent is never cut; the tunnel notices one that is dead.
    ["timeout", 0],
    ["disable-thp", "yes"],
  ];
}

function bufferLimit(limit: { mostBytes: number; lastingBytes: number; seconds: number }): string {
  return `${limit.mostBytes} ${limit.lastingBytes} ${limit.seconds}`;
}

/** As the users' rights have it, so that what they have in common takes no room twice in user data; Redis tells no case apart. */
function disable({ name }: LockedCommand): [string, string] {
  return ["rename-command", `${name.toLowerCase()} ""`];
}
