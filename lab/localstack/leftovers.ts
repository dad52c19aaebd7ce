import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { isAlive, processOf, type Owner } from "../hosts/journal.js";
import { stateFolder } from "../stateFolder.js";

const prefix = "localstack-";

interface Entry {
  /** The LocalStack itself, once it runs: a process of this machine, or a Docker container's id. */
  readonly runs?: Owner | string;
  /** Who ends it; nobody by itself, if it is to outlive the process that started it. */
  readonly owner?: Owner;
}

/** A folder in `.lab` for one LocalStack. It has an owner when it gets its name, so that nobody beside us takes it for a leftover. */
export function newFolder(): string {
  const made = mkdtempSync(join(stateFolder(), "starting-"));
  writeEntry(made, withOwner({}));
  const folder = join(stateFolder(), `${prefix}${made.slice(-6)}`);
  renameSync(made, folder);
  return folder;
}

/** Writes down, in the LocalStack's own folder, what it is and who will end it. */
export function recordLocalStack(folder: string, runs: Owner | string | undefined, outlive: boolean): void {
  if (runs === undefined) return;
  writeEntry(folder, outlive ? { runs } : withOwner({ runs }));
}

function withOwner(entry: Entry): Entry {
  const owner = processOf(process.pid);
  return { ...entry, ...(owner && { owner }) };
}

function writeEntry(folder: string, entry: Entry): void {
  writeFileSync(entryFile(folder), JSON.stringify(entry), { mode: 0o600 });
}

/**
 * Ends the LocalStacks of this checkout whose owner is gone, and removes their folders. With `outliving` also those
 * that were meant to go on.
 */
export async function endLeftLocalStacks({ outliving }: { readonly outliving: boolean }): Promise<void> {
  for (const name of readdirSync(stateFolder()).filter((each) => each.startsWith(prefix))) {
    const folder = join(stateFolder(), name);
    const entry = readEntry(folder);
    const goesOn = entry?.owner === undefined ? !outliving : isAlive(entry.owner);
    if (goesOn) continue;
    if (entry?.runs !== undefined) await end(entry.runs);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Folders of this checkout's LocalStacks that were meant to go on. */
export function outlivingLocalStacks(): string[] {
  return readdirSync(stateFolder())
    .filter((name) => name.startsWith(prefix))
    .filter((name) => {
      const entry = readEntry(join(stateFolder(), name));
      return entry?.runs !== undefined && entry.owner === undefined;
    });
}

/** Its state goes with it, so there is nothing that it would have to save. */
async function end(runs: Owner | string): Promise<void> {
  if (typeof runs === "string") await removeContainer(runs);
  else if (isAlive(runs)) process.kill(runs.pid, "SIGKILL");
}

export async function removeContainer(id: string): Promise<void> {
  await execa("docker", ["rm", "--force", "--volumes", id], { reject: false });
}

function readEntry(folder: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(entryFile(folder), "utf8")) as Entry;
  } catch {
    return undefined;
  }
}

function entryFile(folder: string): string {
  return join(folder, "running.json");
}
