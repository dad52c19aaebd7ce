import { createRequire } from "node:module";
import { cpus, loadavg, release, totalmem } from "node:os";
import { execa } from "execa";

/** For each processor; the bench by itself stays below. */
const undisturbedLoad = 2;

/** Said on the page, so that nobody takes such a run's figures for the machine's. */
export const disturbed =
  "**Disturbed: other work kept this machine busy during the run. What was measured by the clock is not to be relied on; " +
  "CPU time and memory hold. Run it again on an idle machine.**";

/** The machine and the versions, as lines of a list. */
export async function describeMachine(packages: readonly string[]): Promise<string[]> {
  const [load = 0] = loadavg();
  const model = cpus()[0]?.model ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const { version } = createRequire(import.meta.url)("ioredis/package.json") as { version: string };
  return [
    `${cpus().length} × ${model}, ${memory} GiB, Linux ${release()}`,
    `Load average at the end: ${load.toFixed(1)}`,
    ...(load > undisturbedLoad * cpus().length ? [disturbed] : []),
    `Node.js ${process.versions.node}, ioredis ${version}`,
    ...(packages.length > 0 ? [await packageVersions(packages)] : []),
  ];
}

async function packageVersions(packages: readonly string[]): Promise<string> {
  const format = "--showformat=${Package} ${Version}\\n";
  const { stdout } = await execa("dpkg-query", ["--show", format, ...packages]);
  return stdout.trim().split("\n").join(", ");
}
