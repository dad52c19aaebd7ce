import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";

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
  const mounts = lines("/proc/self/mountinfo").map((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [type = "", , options = ""] = after.split(" ");
    return { path: before.split(" ")[4] ?? "", type, options: options.split(",") };
  });
  const groups = lines("/proc/self/cgroup").map((line) => {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return { controllers: controllers.split(","), path };
  });
  const first = mounts.find(({ type, options }) => type === "cgroup" && options.includes("cpuacct"));
  const own = groups.find(({ controllers }) => controllers.includes("cpuacct"));
  if (first !== undefined && own !== undefined)
    return { folder: join(first.path, own.path), usage: "cpuacct.usage" };
  const second = mounts.find(({ type }) => type === "cgroup2");
  const unified = groups.find(({ controllers }) => controllers.join() === "");
  if (second === undefined || unified === undefined) return undefined;
  return { folder: join(second.path, unified.path), usage: "cpu.stat" };
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}
