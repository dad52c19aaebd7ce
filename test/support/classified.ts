import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { lockedCommands, openCommands } from "../../src/plan/commands.js";
import type { EngineVersion } from "../../src/plan/engine.js";

/** Names by the version that has them first, or by why they stay as they are. */
type Groups = Readonly<Record<string, readonly string[]>>;

/** What every client may use: commands, and subcommands of those that are open. */
export const openByVersion = groupsOf("openCommands");

/** Parameters of the servers' configuration that a node leaves as they are. */
export const parametersLeft = groupsOf("parametersLeft");

function groupsOf(file: string): Groups {
  return JSON.parse(readFileSync(join(repositoryRoot, `test/data/${file}.json`), "utf8")) as Groups;
}

/** Which groups of commands a version has: Valkey began as a copy of Redis 7.2. */
const groupsIn: Readonly<Record<EngineVersion, readonly string[]>> = {
  "Redis 7.0": ["Redis 7.0"],
  "Redis 8.0": ["Redis 7.0", "Redis 7.2", "Redis 7.4", "Redis 8.0"],
  "Valkey 8.1": ["Redis 7.0", "Redis 7.2", "Valkey 8.0", "Valkey 8.1"],
};

export function openIn(version: EngineVersion): string[] {
  return [...openCommands.map(({ name }) => name), ...groupsIn[version].flatMap((group) => openByVersion[group] ?? [])];
}

/** Everything that a cache of this version locks, whatever it is asked for. */
export function lockedIn(version: EngineVersion): Set<string> {
  const lists = [false, true].flatMap((allowScripting) => lockedCommands({ allowScripting, version }));
  return new Set(lists.map(({ name }) => name));
}

/** Those of a server's commands and subcommands that nobody has classified, or that are both open and locked. */
export function undecided(version: EngineVersion, commands: readonly string[]): string[] {
  const [open, locked] = [new Set(openIn(version)), lockedIn(version)];
  return commands.filter((name) => {
    const [whole = ""] = name.split(" ");
    return open.has(name) === (locked.has(name) || locked.has(whole));
  });
}
