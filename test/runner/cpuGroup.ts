import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { ownControlGroups } from "../../lab/controlGroups.js";
import { until } from "../../lab/until.js";

const endsWithinMs = 60_000;

/** A control group that counts the processor time of all that is started in it, whoever its parent becomes. */
export interface CpuGroup {
  /** Into this file a process writes its id to enter. */
  readonly processesFile: string;
  /** {@link cpuMsIn} reads it. */
  readonly usageFile: string;
  /** Takes it away as soon as the last process in it has ended; one that does not end is named. */
  close(): Promise<void>;
}

/** Needs root on Linux, and either version of control groups; undefined where one can't be made. */
export function openCpuGroup(name: string): CpuGroup | undefined {
  const parent = parentGroup();
  if (parent === undefined) return undefined;
  const folder = join(parent.folder, name);
  try {
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  return {
    processesFile: join(folder, "cgroup.procs"),
    usageFile: join(folder, parent.usage),
    close: async () => {
      if (await until(() => isGone(folder), endsWithinMs)) return;
      const left = readFileSync(join(folder, "cgroup.procs"), "utf8").trim().replaceAll("\n", ", ");
      console.error(`The control group ${folder} is left, for it has these processes: ${left}.`);
    },
  };
}

/** Milliseconds of processor time that a group has used so far. */
export function cpuMsIn(usageFile: string): number {
  const text = readFileSync(usageFile, "utf8");
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
  return microseconds === undefined ? Number(text) / 1e6 : Number(microseconds) / 1e3;
}

/** A group can't be removed while a process is in it, nor while the kernel still puts away its last one. */
function isGone(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EBUSY") return false;
    throw error;
  }
}

function parentGroup(): { readonly folder: string; readonly usage: string } | undefined {
  const groups = ownControlGroups();
  const first = groups.find(({ controllers }) => controllers.includes("cpuacct"));
  if (first !== undefined) return { folder: first.folder, usage: "cpuacct.usage" };
  const second = groups.find(({ version }) => version === 2);
  return second && { folder: second.folder, usage: "cpu.stat" };
}
