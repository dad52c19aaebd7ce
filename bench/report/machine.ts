import { createRequire } from "node:module";
import { cpus, loadavg, release, totalmem } from "node:os";
import { execa } from "execa";

/** For each processor; the bench by itself stays below. */
const undisturbedLoad = 2;

/** Said on the page, so that nobody takes such a run's figures for the machine's. */
export const disturbed =
  "**Disturbed: other work kept this machine busy during the run. Throughputs and ratios of them are not to be relied " +
  "on, plaintext is hit hardest; CPU time, memory and handshakes hold. Run it again on an idle machine.**";

/** The machine and the versions, as lines of a list. */
export async function describeMachine(packages: readonly string[]): Promise<string[]> {
  const [load = 0] = loadavg();
  const model = cpus()[0]?.model ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const format = "--showformat=${Package} ${Version}\\n";
  const { stdout } = await execa("dpkg-query", ["--show", format, ...packages]);
  const { version } = createRequire(import.meta.url)("ioredis/package.json") as { version: string };
  return [
    `${cpus().length} × ${model}, ${memory} GiB, Linux ${release()}`,
    `Load average at the end: ${load.toFixed(1)}`,
    ...(load > undisturbedLoad * cpus().length ? [disturbed] : []),
    `Node.js ${process.versions.node}, ioredis ${version}`,
    stdout.trim().split("\n").join(", "),
  ];
}
