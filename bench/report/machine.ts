import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** What was there before this program began: its own work, which several of its processes do, must not count. */
const before = { load: loadavg()[0] ?? 0, ticks: processorTicks() };

/** For each processor. */
const mostLoad = 0.75;

/** Of all processors' time, taken by the machine's host for others. */
const mostStolen = 0.02;

/** Said on the page, so that nobody takes such a run's figures for the machine's. */
export const disturbed =
  "**Disturbed: other work kept this machine busy. What was measured by the clock is not to be relied on; " +
  "CPU time and memory hold. Run it again on an idle machine.**";

/** What a page calls a client besides ioredis, and its package on npm. */
type OtherClients = Readonly<Record<string, string>>;

/** The machine, which the pages call A, and the versions of what was measured, as lines of a list. */
export async function describeMachine(packages: readonly string[], others: OtherClients = {}): Promise<string[]> {
  const clients = Object.entries({ ioredis: "ioredis", ...others });
  const model = cpus()[0]?.model ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const now = processorTicks();
  const stolen = (now.stolen - before.ticks.stolen) / (now.all - before.ticks.all);
  return [
    `Machine A: ${cpus().length} × ${model}, ${memory} GiB, Linux ${kernelVersion(release())}`,
    `Before the run the load average was ${before.load.toFixed(1)}; during it ${(stolen * 100).toFixed(1)} % of the processors' time was stolen (proc_stat(5))`,
    ...(before.load > mostLoad * cpus().length || stolen > mostStolen ? [disturbed] : []),
    [`Node.js ${process.versions.node}`, ...clients.map(([name, of]) => `${name} ${version(of)}`)].join(", "),
    ...(packages.length > 0 ? [await packageVersions(packages)] : []),
  ];
}

/** A run that other work disturbed says so beside its first figures, not in the appendix alone. */
export function doubt(machine: readonly string[]): string {
  if (!machine.includes(disturbed)) return "";
  return "Other work kept the machine busy during this run: figures by the clock, and whether their goals are met, are preliminary.";
}

/** Without what a distribution or a provider adds for its own builds, which says nothing to a reader. */
export function kernelVersion(release: string): string {
  return /^\d+(\.\d+)*/.exec(release)?.[0] ?? release;
}

function version(packageName: string): string {
  const file = join(repositoryRoot, "node_modules", packageName, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; guests are counted in user. */
function processorTicks(): { all: number; stolen: number } {
  const [first = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  const ticks = first.split(/ +/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, tick) => sum + tick, 0), stolen: ticks[7] ?? 0 };
}

async function packageVersions(packages: readonly string[]): Promise<string> {
  // As code: Markdown strikes through what stands between two tildes.
  const format = "--showformat=${Package} `${Version}`\\n";
  const { stdout } = await execa("dpkg-query", ["--show", format, ...packages]);
  return stdout.trim().split("\n").join(",\n  ");
}
