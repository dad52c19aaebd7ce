import { execa } from "execa";
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  clearJournal,
  closeJournal,
  reopenJournal,
  isAlive,
  livingOwner,
  readJournal,
  type JournalEntry,
} from "./journal.js";
import { deleteEc2 } from "./ec2.js";
import { until, waitFor } from "../until.js";

/**
 * Takes away all that a run of the test hosts has recorded, whoever ran it: processes, mounts, namespaces, folders and
 * what it made through the EC2 API. Safe to call at any time and more than once.
 */
export async function stopEverything(): Promise<void> {
  const owner = livingOwner();
  if (owner !== undefined && owner.pid !== process.pid) {
    // Its own handler cleans up; what it leaves after that is taken away below.
    process.kill(owner.pid, "SIGTERM");
    await until(() => !isAlive(owner), 20_000);
  }
  await removeRecorded();
}

/**
 * As {@link stopEverything}, for the process that owns the run: `making` is what it is still making, which fails soon
 * once its parts are gone. What it made meanwhile is removed in a second pass.
 */
export function removeRecorded(making: Promise<unknown> = Promise.resolve()): Promise<void> {
  // A signal, a failed boot and a caller may all ask at the same time.
  removal ??= removeTwice(making).finally(() => {
    removal = undefined;
    reopenJournal();
  });
  return removal;
}

let removal: Promise<void> | undefined;

async function removeTwice(making: Promise<unknown>): Promise<void> {
  closeJournal();
  await removeAll();
  await Promise.race([making, pause(5_000, undefined, { ref: false })]);
  const errors = await removeAll();
  if (errors.length > 0) {
    throw new AggregateError(errors, `Not everything of the test hosts could be removed: ${errors.join("; ")}`);
  }
  clearJournal();
}

/** One thing that cannot be removed does not keep the others. */
async function removeAll(): Promise<unknown[]> {
  const errors: unknown[] = [];
  const entries = readJournal().reverse();
  const attempt = (step: Promise<void>) => step.catch((error: unknown) => void errors.push(error));
  await attempt(killProcesses(entries));
  for (const entry of entries) await attempt(remove(entry));
  return errors;
}

async function killProcesses(entries: readonly JournalEntry[]): Promise<void> {
  const recorded = entries.filter((entry) => entry.kind === "process");
  const alive = () => recorded.filter(isAlive);
  const namespaces = entries.filter((entry) => entry.kind === "namespace").filter(exists);
  // Whatever runs in a namespace of ours is ours; this finds the containers' own processes.
  const inside = await Promise.all(namespaces.map(({ name }) => pidsIn(name)));
  const services = alive().filter(({ runs }) => runs === "service");
  for (const pid of [...inside.flat(), ...services.map((each) => each.pid)]) kill(pid);
  await until(() => alive().length === 0, 3_000);
  for (const { pid } of alive()) kill(pid);
  await waitFor("the processes of the test hosts end", () => alive().length === 0, {
    timeoutMs: 10_000,
    shown: () =>
      `still there: ${alive()
        .map(({ pid }) => pid)
        .join(", ")}`,
  });
}

async function remove(entry: JournalEntry): Promise<void> {
  switch (entry.kind) {
    case "process":
      return;
    case "namespace":
      if (exists(entry)) await execa("ip", ["netns", "delete", entry.name]);
      return;
    case "mount":
      return unmount(entry.path);
    case "cgroup":
      return removeCgroup(entry.path);
    case "folder":
      rmSync(entry.path, { recursive: true, force: true });
      return;
    case "ec2":
      return deleteEc2(entry);
  }
}

/** Ends whatever runs in a namespace of ours, and takes the namespace away. */
export async function endNamespace(name: string): Promise<void> {
  for (const pid of await pidsIn(name)) kill(pid);
  await waitFor(`the processes in ${name} end`, async () => (await pidsIn(name)).length === 0, {
    timeoutMs: 10_000,
  });
  await remove({ kind: "namespace", name });
}

function exists({ name }: { readonly name: string }): boolean {
  return existsSync(`/run/netns/${name}`);
}

async function pidsIn(namespace: string): Promise<number[]> {
  const { stdout } = await execa("ip", ["netns", "pids", namespace], { reject: false });
  return stdout.split("\n").filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function unmount(path: string): Promise<void> {
  // A process that was just killed may hold the mount for a moment.
  const gone = await until(async () => {
    if (!(await isMounted(path))) return true;
    const { failed } = await execa("umount", [path], { reject: false });
    return !failed && !(await isMounted(path));
  }, 5_000);
  if (!gone && !sharedMounts.has(path)) throw new Error(`${path} is still mounted: something uses it.`);
}

/** The machine has one of each: whoever else has made namespaces or booted hosts meanwhile is using it. */
const sharedMounts: ReadonlySet<string> = new Set(["/run/netns", "/run/systemd/nspawn"]);

async function isMounted(path: string): Promise<boolean> {
  const escaped = path.replaceAll(" ", "\\040");
  return (await readFile("/proc/self/mountinfo", "utf8")).includes(` ${escaped} `);
}

async function removeCgroup(path: string): Promise<void> {
  const gone = await until(() => {
    try {
      removeTree(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
      return false;
    }
  }, 5_000);
  if (!gone) throw new Error(`The control group ${path} still has processes.`);
}

function removeTree(path: string): void {
  for (const child of readdirSync(path, { withFileTypes: true })) {
    if (child.isDirectory()) removeTree(join(path, child.name));
  }
  rmdirSync(path);
}
