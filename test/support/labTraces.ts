import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { ownLab } from "../../lab/hosts/labs.js";
import { isAlive, type JournalEntry } from "../../lab/hosts/journal.js";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** What runs of this lab have left on this machine; the checkout's other lab, and another checkout's, are not ours. */
export async function labTraces(): Promise<object> {
  // A process that is only waiting to be reaped has no arguments.
  const { stdout } = await execa("ps", ["-ww", "-eo", "args="]);
  const folder = join(repositoryRoot, ".lab", ownLab());
  return {
    mounts: mountPoints()
      .filter((path) => path.startsWith(`${folder}/`))
      .sort(),
    processes: stdout.split("\n").filter((command) => command.includes(`${folder}/`)),
    files: existsSync(folder) ? readdirSync(folder) : [],
  };
}

/** Which of the things that a run has recorded are there; but for what AWS has, and the mounts that others share. */
export function present(entries: readonly JournalEntry[]): JournalEntry[] {
  const mounts = new Set(mountPoints());
  return entries.filter((entry) => {
    switch (entry.kind) {
      case "process":
        return isAlive(entry);
      case "namespace":
        return existsSync(`/run/netns/${entry.name}`);
      case "mount":
        return entry.path.startsWith(repositoryRoot) && mounts.has(entry.path);
      case "cgroup":
      case "folder":
        return existsSync(entry.path);
      case "ec2":
        return false;
    }
  });
}

/** Namespaces and control groups with the names of a run, recorded or not. */
export function namedByRun(entries: readonly JournalEntry[]): string[] {
  const [prefix = "-"] = entries.flatMap((entry) => (entry.kind === "namespace" ? [entry.name.slice(0, 6)] : []));
  const groups = entries.flatMap((entry) => (entry.kind === "cgroup" ? [dirname(entry.path)] : []));
  return ["/run/netns", ...new Set(groups)]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(prefix)));
}

function mountPoints(): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "");
}
