import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { ownControlGroups } from "../../lab/controlGroups.js";

/** A control group that counts the processor time of all that is started in it, whoever its parent becomes. */
export interface CpuGroup {
  /** Into this file a process writes its id to enter. */
  readonly processesFile: string;
  /** {@link cpuMsIn} reads it. */
  readonly usageFile: string;
  close(): void;
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
    close: () => {
      try {
        rmdirSync(folder);
      } catch (error) {
        console.error(`The control group ${folder} is left: ${String(error)}`);
      }
    },
  };
}

/** Milliseconds of processor time that a group has used so far. */
export function cpuMsIn(usageFile: string): number {
  const text = readFileSync(usageFile, "utf8");
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
  return microseconds === undefined ? Number(text) / 1e6 : Number(microseconds) / 1e3;
}

function parentGroup(): { readonly folder: string; readonly usage: string } | undefined {
  const groups = ownControlGroups();
  const first = groups.find(({ controllers }) => controllers.includes("cpuacct"));
  if (first !== undefined) return { folder: first.folder, usage: "cpuacct.usage" };
  const second = groups.find(({ version }) => version === 2);
  return second && { folder: second.folder, usage: "cpu.stat" };
}
