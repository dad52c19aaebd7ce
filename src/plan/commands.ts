import { defaultEngineVersion, type EngineVersion } from "./engine";

/** A Redis command that no client may use under its own name, and why. */
export interface LockedCommand {
  /** As a client writes it, with a blank before the name of a subcommand. */
  readonly name: string;
  /**
   * `renamed` to a secret name or `disabled` altogether (redis.conf, "rename-command"), which answers `ERR unknown command`;
   * `denied` is a subcommand of one that is needed, or what nodes with replicas say to each other, which an ACL alone can lock, and
   * answers `NOPERM`.
   */
  readonly treatment: "renamed" | "disabled" | "denied";
  readonly reason: string;
  readonly reference: string;
}

const article = "HIPAA, PHI, and Caching (2016), Redis Configuration (Server)";
const redisSecurity = "Redis documentation, Security, Disallowing specific commands";
const dangerous = "Redis documentation, ACL, Command categories: @admin and @dangerous";
const scriptCommands = "Redis documentation, SCRIPT";
const tracking = "Redis documentation, Client-side caching in Redis: limiting the amount of memory used by Redis";

const always: readonly LockedCommand[] = [
  renamed("CONFIG", "Live configuration would undo every other protection", article),
  disabled("SAVE", "Writes PHI to disk", article),
  disabled("BGSAVE", "Writes PHI to disk", article),
  disabled("BGREWRITEAOF", "Writes PHI to disk", article),
  disabled("DEBUG", "Stops or crashes the server, and reads its memory", article),
  disabled("SHUTDOWN", "Stops the cache, and can write PHI to disk", article),
  disabled("FLUSHDB", "Empties the cache", article),
  disabled("FLUSHALL", "Empties the cache", article),
  disabled("SWAPDB", "Exchanges the databases of other clients", redisSecurity),
  renamed("ACL", "Changes who may do what while Redis runs; the node itself does, at a rotation", redisSecurity),
  disabled("MODULE", "Loads code into the server", redisSecurity),
  disabled("REPLICAOF", "Copies PHI to or from a stranger's server", redisSecurity),
  disabled("SLAVEOF", "Copies PHI to or from a stranger's server", redisSecurity),
  disabled("SYNC", "Streams the whole cache to the caller", redisSecurity),
  disabled("PSYNC", "Streams the whole cache to the caller", redisSecurity),
  disabled("MIGRATE", "Sends PHI to any server that the caller names", redisSecurity),
  disabled("RESTORE", "Parses untrusted serialised values", "CVE-2026-66373"),
  disabled("RESTORE-ASKING", "RESTORE under another name", "CVE-2026-66373"),
  disabled("REPLCONF", "Passes the caller off as a replica", dangerous),
  disabled("FAILOVER", "Hands the cache over to another server", dangerous),
  disabled("CLUSTER", "Changes who holds which keys in a Redis Cluster, which this is not", dangerous),
  disabled("LASTSAVE", "Belongs to saving on disk, which this cache never does", dangerous),
  disabled("ROLE", "Names the addresses of replicas", dangerous),
  disabled("LATENCY", "Keeps and shows what the server was busy with for other clients", dangerous),
  disabled("PFDEBUG", "Changes the internal form of a value, for Redis's own tests", dangerous),
  disabled("PFSELFTEST", "Keeps the server busy, for Redis's own tests", dangerous),
  disabled("KEYS", "Stops all clients while it walks the whole cache; SCAN does it in steps", dangerous),
  ...["SORT", "SORT_RO"].map((name) =>
    disabled(name, "Takes twelve times its list's memory at once, and no client's limit counts it", dangerous),
  ),
  disabled("LOLWUT", "Computes a picture as large as the caller likes, for fun", "Redis documentation, LOLWUT"),
  denied("CLIENT KILL", "Cuts other clients", dangerous),
  denied("CLIENT LIST", "Shows who else uses the cache, and for what", dangerous),
  denied("CLIENT NO-EVICT", "Exempts the caller's buffers from their limit", dangerous),
  denied("CLIENT PAUSE", "Stops all clients", dangerous),
  denied("CLIENT UNPAUSE", "Undoes what an administrator did", dangerous),
  denied("CLIENT UNBLOCK", "Interrupts other clients' blocking commands", dangerous),
  denied("CLIENT TRACKING", "Fills a table that no client's limit counts and that outlives the connection", tracking),
  disabled("MONITOR", "Shows every other client's commands, PHI included", redisSecurity),
  disabled("SLOWLOG", "Keeps arguments of commands, PHI included", redisSecurity),
];

/**
 * One small vector makes Redis take gigabytes, since it may be REDUCEd to as many dimensions as it has: 65,536 at most. Nothing else makes a
 * vector set, so that the other commands of vector sets find none.
 */
const vectorSets = [
  denied(
    "VADD",
    "Makes vector sets: one takes gigabytes for a small vector, which no client's limit counts",
    "Redis documentation, VADD",
  ),
];

/** Commands of modules that are part of a server: it doesn't know them yet when it reads `rename-command`. */
export const moduleCommands: readonly string[] = vectorSets.map(({ name }) => name);

/** What some versions alone have: a server refuses to start with a name that it doesn't know, in redis.conf and in an ACL. */
const ofVersion: Readonly<Record<EngineVersion, readonly LockedCommand[]>> = {
  "Redis 7.0": [],
  "Redis 8.0": vectorSets,
  "Valkey 8.1": [
    disabled("COMMANDLOG", "Keeps arguments of commands, PHI included", "Valkey documentation, COMMANDLOG"),
    denied(
      "CLIENT IMPORT-SOURCE",
      "Has keys that have expired read and written",
      "Valkey documentation, CLIENT IMPORT-SOURCE",
    ),
  ],
};

const interpreter = "Runs code in the server's Lua interpreter";
const luaFlaw = "CVE-2025-49844";
const lua = (name: string): LockedCommand => disabled(name, interpreter, luaFlaw);

/** What libraries of queues need, and `allowScripting` opens. */
const queues = ["EVAL", "EVALSHA", "SCRIPT"].map(lua);

/** Nobody's queue needs them: a library of functions runs in other clients' calls, and FUNCTION RESTORE parses what a stranger made. */
const otherScripting = ["EVAL_RO", "EVALSHA_RO", "FUNCTION", "FCALL", "FCALL_RO"].map(lua);

/** Of SCRIPT, what is left are LOAD, EXISTS and KILL. */
const partsOfScript: readonly LockedCommand[] = [
  denied("SCRIPT FLUSH", "Takes the scripts of other clients away", scriptCommands),
  denied("SCRIPT DEBUG", "Stops the server step by step, or has it copy itself", scriptCommands),
];

/** The same of what some versions alone have. */
const partsOfScriptByVersion: Readonly<Record<EngineVersion, readonly LockedCommand[]>> = {
  "Redis 7.0": [],
  "Redis 8.0": [],
  "Valkey 8.1": [denied("SCRIPT SHOW", "Shows the scripts of other clients", "Valkey documentation, SCRIPT SHOW")],
};

/** Every command that has to do with code in the server. */
export const scriptingCommands: readonly string[] = [...queues, ...otherScripting].map(({ name }) => name);

/**
 * Commands that Redis counts as `@admin` or `@dangerous` and that stay open. What else it counts so, now or in a later version,
 * is denied by these categories, whether it is on the list above or not.
 */
export const openCommands: readonly { readonly name: string; readonly reason: string }[] = [
  {
    name: "INFO",
    reason: "Clients such as ioredis ask whether the server is ready; it has counters, no data",
  },
];

/**
 * The same list as rules of a Redis ACL (redis.io, "ACL"). `rename-command` binds every user, but later versions of Redis may
 * drop it and it knows no subcommands; an ACL knows them, and denies whole categories. Each holds without the other.
 */
export function aclRules(commands: readonly LockedCommand[]): string {
  const word = (name: string): string => name.toLowerCase().replace(" ", "|");
  return [
    "+@all -@admin -@dangerous",
    ...openCommands.map(({ name }) => `+${word(name)}`),
    ...commands.filter(({ name }) => !isOpen(name)).map(({ name }) => `-${word(name)}`),
    // Behind the whole, which would take its parts along.
    ...(isDenied("CLUSTER", commands) ? openPartsOfCluster.map((name) => `+${word(name)}`) : []),
  ].join(" ");
}

function isDenied(name: string, commands: readonly LockedCommand[]): boolean {
  return commands.some((command) => command.name === name && command.treatment === "denied");
}

function isOpen(command: string): boolean {
  return openCommands.some(({ name }) => name === command);
}

/** Every command that the cache locks. Scripting is locked; what queues need of it is open when it is asked for. */
export function lockedCommands(options: {
  allowScripting: boolean;
  hasReplicas?: boolean;
  hasShards?: boolean;
  version?: EngineVersion;
}): readonly LockedCommand[] {
  const { version = defaultEngineVersion } = options;
  const scripting = options.allowScripting ? [...partsOfScript, ...partsOfScriptByVersion[version]] : queues;
  const commands = [...always, ...ofVersion[version], ...otherScripting, ...scripting];
  if (options.hasShards === true) return commands.map(asShardsNeed);
  return options.hasReplicas === true ? commands.map(asReplicasNeed) : commands;
}

/** What nodes with replicas say to each other: nobody else may, which an ACL alone can tell apart. */
export const replicationCommands: readonly string[] = ["REPLICAOF", "SLAVEOF", "PSYNC", "REPLCONF", "ROLE"];

function asReplicasNeed(command: LockedCommand): LockedCommand {
  return replicationCommands.includes(command.name) ? { ...command, treatment: "denied" } : command;
}

/** The same of nodes of shards. MIGRATE is answered by RESTORE-ASKING there. */
export const shardCommands: readonly string[] = ["PSYNC", "MIGRATE", "RESTORE-ASKING", "REPLCONF", "CLUSTER"];

function asShardsNeed(command: LockedCommand): LockedCommand {
  if (command.name === "CLUSTER") return denied("CLUSTER", "Changes who holds which keys", dangerous);
  return shardCommands.includes(command.name) ? { ...command, treatment: "denied" } : command;
}

/** What clients of shards need of CLUSTER: it tells which node has which slots, by addresses of the client's own loopback. */
export const openPartsOfCluster: readonly string[] = ["INFO", "KEYSLOT", "MYID", "NODES", "SHARDS", "SLOTS"].map(
  (name) => `CLUSTER ${name}`,
);

/** What has to do with code in the server and is not on this list. */
export function openScripting(commands: readonly LockedCommand[]): string[] {
  return scriptingCommands.filter((name) => !commands.some((command) => command.name === name));
}

function renamed(name: string, reason: string, reference: string): LockedCommand {
  return { name, treatment: "renamed", reason, reference };
}

function disabled(name: string, reason: string, reference: string): LockedCommand {
  return { name, treatment: "disabled", reason, reference };
}

function denied(name: string, reason: string, reference: string): LockedCommand {
  return { name, treatment: "denied", reason, reference };
}
