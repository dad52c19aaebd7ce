import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ownControlGroups } from "../controlGroups.js";
import { record } from "./journal.js";

/**
 * Makes a control group for one machine in each hierarchy that systemd uses, and returns the `cgroup.procs` files
 * through which a process enters them. Without its own, every machine's systemd would run in the same group.
 */
export function addCgroups(name: string): string[] {
  const ofSystemd = ownControlGroups().filter(
    ({ version, controllers }) => version === 2 || controllers.includes("name=systemd"),
  );
  return ofSystemd.map((parent) => {
    const folder = join(parent.folder, name);
    record({ kind: "cgroup", path: folder });
    mkdirSync(folder, { recursive: true });
    return join(folder, "cgroup.procs");
  });
}
