import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { record } from "./journal.js";

/**
 * Makes a control group for one machine in each hierarchy that systemd uses, and returns the `cgroup.procs` files
 * through which a process enters them. Without its own, every machine's systemd would run in the same group.
 */
export function addCgroups(name: string): string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n").filter(Boolean).map(parseMount);
  const current = readFileSync("/proc/self/cgroup", "utf8").split("\n").filter(Boolean);
  return current.flatMap((line) => {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const mount = mounts.find(({ type, options }) =>
      controllers === ""
        ? type === "cgroup2"
        : controllers === "name=systemd" && options.includes("name=systemd"),
    );
    if (mount === undefined) return [];
    const folder = join(mount.path, path, name);
    record({ kind: "cgroup", path: folder });
    mkdirSync(folder, { recursive: true });
    return [join(folder, "cgroup.procs")];
  });
}

function parseMount(line: string): { path: string; type: string; options: string[] } {
  const [before = "", after = ""] = line.split(" - ");
  const [type = "", , options = ""] = after.split(" ");
  return { path: before.split(" ")[4] ?? "", type, options: options.split(",") };
}
