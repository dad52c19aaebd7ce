import type { LockedCommand } from "../plan/commands";
import type { CachePlan } from "../plan/cachePlan";
import { defaultEvictionPolicy } from "../plan/eviction";
import { hostPaths } from "./hostPaths";
import { noKeyspaceEvents } from "../plan/keyspaceEvents";
import { clientBuffers, redisLimits } from "../plan/limits";
import { encodeLines, type Settings } from "./encode";

/** What a team may choose of it. */
export type RedisSettings = Pick<CachePlan, "evictionPolicy" | "keyspaceEvents" | "maxValueBytes">;

const defaults: RedisSettings = {
  evictionPolicy: defaultEvictionPolicy,
  keyspaceEvents: noKeyspaceEvents,
  maxValueBytes: redisLimits.largestValueBytes,
};

/**
 * redis.conf (redis.io, "Redis configuration"): reachable on a Unix socket alone, in front of which is the tunnel;
 * nothing is ever written to disk; locked commands are gone.
 */
export function redisConf(
  commands: readonly LockedCommand[],
  { evictionPolicy, keyspaceEvents, maxValueBytes }: RedisSettings = defaults,
): string {
  return encodeLines([
    ...listening,
    ...nothingOnDisk,
    ...noValuesInLogs,
    ...closedSwitches,
    ["maxmemory-policy", evictionPolicy],
    ...(keyspaceEvents === noKeyspaceEvents ? [] : ([["notify-keyspace-events", keyspaceEvents]] as const)),
    ...limits(maxValueBytes),
    ["include", hostPaths.redisMemory],
    ...commands.filter((command) => command.treatment === "disabled").map(disable),
    ["include", hostPaths.redisCommands],
    ["include", hostPaths.redisUsers],
  ]);
}

const listening: Settings = [
  ["port", 0],
  ["unixsocket", hostPaths.redisSocket],
  ["unixsocketperm", 660],
  ["supervised", "systemd"],
  ["daemonize", "no"],
  ["protected-mode", "yes"],
];

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

function disable({ name }: LockedCommand): [string, string] {
  return ["rename-command", `${name} ""`];
}
