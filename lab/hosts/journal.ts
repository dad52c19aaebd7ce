import { appendFileSync, existsSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostsFolder } from "./labs.js";

/** One thing that a run made outside its own process. It is written down before it is made. */
export type JournalEntry =
  | ProcessEntry
  | { readonly kind: "namespace"; readonly name: string }
  | { readonly kind: "mount"; readonly path: string }
  | { readonly kind: "cgroup"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "ec2"; readonly endpoint: string; readonly region: string; readonly id: string };

export interface ProcessEntry extends Owner {
  readonly kind: "process";
  /** What it runs. A machine's nspawn ends by itself, and buries the machine's processes, once the machine's init is killed. */
  readonly runs: "machine" | "service";
}

export interface Owner {
  readonly pid: number;
  readonly startTime: string;
}

const journalFile = () => join(hostsFolder(), "journal.jsonl");
const ownerFile = () => join(hostsFolder(), "owner.json");

let stopping = false;

/** From now on nothing more may be made, as it would outlive the removal. */
export function closeJournal(): void {
  stopping = true;
}

/** Removal is over, whatever came of it. */
export function reopenJournal(): void {
  stopping = false;
}

/** Throws when the hosts are being stopped: to be called before something is made that is recorded after. */
export function assertRunning(): void {
  if (stopping) throw new Error("The test hosts are being stopped.");
}

/** Writes an entry down; call it before making the thing, or right after where only then its name is known. */
export function record(entry: JournalEntry): void {
  if (entry.kind !== "ec2" && entry.kind !== "process") assertRunning();
  appendFileSync(journalFile(), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}

/** What was recorded, in the order in which it was made. A line torn by a crash named nothing that was made. */
export function readJournal(): JournalEntry[] {
  if (!existsSync(journalFile())) return [];
  return readFileSync(journalFile(), "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as JournalEntry];
      } catch {
        return [];
      }
    });
}

/** Takes the lab for this process; false when another holds the file. */
export function claim(): boolean {
  try {
    writeFileSync(ownerFile(), JSON.stringify(processOf(process.pid)), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The process that runs the lab of this checkout, if it still lives. */
export function livingOwner(): Owner | undefined {
  if (!existsSync(ownerFile())) return undefined;
  try {
    const owner = JSON.parse(readFileSync(ownerFile(), "utf8")) as Owner;
    return isAlive(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets everything: to be called when nothing recorded is left. */
export function clearJournal(): void {
  rmSync(journalFile(), { force: true });
  rmSync(ownerFile(), { force: true });
  try {
    rmdirSync(hostsFolder());
  } catch {
    // Another run has just claimed it.
  }
}

/** A process together with its start time, so that a reused pid is not taken for it. */
export function processOf(pid: number): Owner | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : { pid, startTime: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, startTime }: Owner): boolean {
  return processOf(pid)?.startTime === startTime;
}
