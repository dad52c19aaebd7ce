import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The control group in which this process runs, in one hierarchy. */
export interface ControlGroup {
  readonly folder: string;
  /** Version 1 has a hierarchy for some controllers each, or for a name ("name=systemd"); version 2 has one, without a list. */
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
}

/** This process's control groups in all hierarchies that are mounted; none where the kernel has none. See cgroups(7). */
export function ownControlGroups(): ControlGroup[] {
  const mounts = lines("/proc/self/mountinfo").map(parseMount);
  return lines("/proc/self/cgroup").flatMap((line) => {
    const [, list = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const controllers = list === "" ? [] : list.split(",");
    const version = list === "" ? 2 : 1;
    const mount = mounts.find(({ type, options }) =>
      version === 2 ? type === "cgroup2" : type === "cgroup" && controllers.every((each) => options.includes(each)),
    );
    return mount === undefined ? [] : [{ folder: join(mount.path, path), version, controllers }];
  });
}

function parseMount(line: string): { path: string; type: string; options: string[] } {
  const [before = "", after = ""] = line.split(" - ");
  const [type = "", , options = ""] = after.split(" ");
  return { path: before.split(" ")[4] ?? "", type, options: options.split(",") };
}

function lines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
