import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const waitLimit = 30 * 60_000;

/**
 * Makes a folder once, however many runs ask for it at the same time. `build` fills a draft beside it, which is moved in
 * place only when it is finished: a build that was cut short is never taken for a whole one.
 */
export async function buildOnce(
  folder: string,
  progress: (line: string) => void,
  build: (draft: string) => Promise<void>,
): Promise<void> {
  const lock = `${folder}.lock`;
  const deadline = Date.now() + waitLimit;
  for (let told = false; !existsSync(folder); told = true) {
    if (takeLock(lock)) {
      try {
        // Another run may have finished between the look and the lock.
        if (!existsSync(folder)) await buildDraft(folder, build);
      } finally {
        rmSync(lock, { force: true });
      }
      return;
    }
    if (!told) progress(`another run is making ${folder}: waiting for it`);
    if (Date.now() > deadline) {
      throw new Error(
        `Waited 30 minutes for another run to make ${folder}. If there is none, remove ${lock}`,
      );
    }
    await sleep(500);
  }
}

async function buildDraft(folder: string, build: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  try {
    await build(draft);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function takeLock(lock: string): boolean {
  const holder = lockHolder(lock);
  if (holder !== undefined && !isSameProcess(holder)) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, `${process.pid} ${startTime(process.pid) ?? ""}`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

interface Holder {
  pid: number;
  started: string;
}

function lockHolder(lock: string): Holder | undefined {
  try {
    const [pid = "", started = ""] = readFileSync(lock, "utf8").split(" ");
    // An empty file is a lock that is being written this very moment.
    return pid === "" ? undefined : { pid: Number(pid), started };
  } catch {
    return undefined;
  }
}

/** A process id is given out again some day: only with its start time does it name one process. */
function isSameProcess({ pid, started }: Holder): boolean {
  return startTime(pid) === started;
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Fields are counted after the command's closing bracket, since a command may contain spaces; start time is field 22.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
