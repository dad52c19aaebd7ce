import { readFileSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import { hostPaths } from "../../../src/host/hostPaths.js";

/**
 * How many nodes the list has that a node goes by; 0 while its version of the secret changes. Read from outside: programs on all nodes, over
 * and over, would take time from what is waited for.
 */
export function membersOn({ liveRootFolder }: Pick<Host, "liveRootFolder">): number {
  try {
    const version = readlinkSync(join(liveRootFolder, hostPaths.secretFolder));
    const list = readFileSync(join(liveRootFolder, version, basename(hostPaths.clusterMembers)), "utf8");
    return list.trimEnd().split("\n").length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
