/** A Redis command that no client may use under its own name, and why. */
export interface LockedCommand {
  readonly name: string;
  /** `renamed` to a secret name, or `disabled` altogether (redis.conf, "rename-command"). */
  readonly treatment: "renamed" | "disabled";
  readonly reason: string;
  readonly reference: string;
}

const article = "HIPAA, PHI, and Caching (2016), Redis Configuration (Server)";
const redisSecurity = "Redis documentation, Security, Disallowing specific commands";

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
  renamed(
    "ACL",
    "Changes who may do what while Redis runs; the node itself does, at a rotation",
    redisSecurity,
  ),
  disabled("MODULE", "Loads code into the server", redisSecurity),
  disabled("REPLICAOF", "Copies PHI to or from a stranger's server", redisSecurity),
  disabled("SLAVEOF", "Copies PHI to or from a stranger's server", redisSecurity),
  disabled("SYNC", "Streams the whole cache to the caller", redisSecurity),
  disabled("PSYNC", "Streams the whole cache to the caller", redisSecurity),
  disabled("MIGRATE", "Sends PHI to any server that the caller names", redisSecurity),
  disabled("RESTORE", "Parses untrusted serialised values", "CVE-2026-66373"),
  disabled("MONITOR", "Shows every other client's commands, PHI included", redisSecurity),
  disabled("SLOWLOG", "Keeps arguments of commands, PHI included", redisSecurity),
];

const scripting: readonly LockedCommand[] = [
  "EVAL",
  "EVAL_RO",
  "EVALSHA",
  "EVALSHA_RO",
  "SCRIPT",
  "FUNCTION",
  "FCALL",
  "FCALL_RO",
].map((name) => disabled(name, "Runs code in the server's Lua interpreter", "CVE-2025-49844"));

/** Every command that the cache locks. Scripting is locked unless it is asked for. */
export function lockedCommands(options: { allowScripting: boolean }): readonly LockedCommand[] {
  return options.allowScripting ? always : [...always, ...scripting];
}

function renamed(name: string, reason: string, reference: string): LockedCommand {
  return { name, treatment: "renamed", reason, reference };
}

function disabled(name: string, reason: string, reference: string): LockedCommand {
  return { name, treatment: "disabled", reason, reference };
}
