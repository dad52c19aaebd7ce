import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem } from "node:os";
import { execa } from "execa";

/** The machine and the versions, as lines of a list. */
export async function describeMachine(packages: readonly string[]): Promise<string[]> {
  const model = cpus()[0]?.model ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const format = "--showformat=${Package} ${Version}\\n";
  const { stdout } = await execa("dpkg-query", ["--show", format, ...packages]);
  const { version } = createRequire(import.meta.url)("ioredis/package.json") as { version: string };
  return [
    `${cpus().length} × ${model}, ${memory} GiB, Linux ${release()}`,
    `Load average at the end: ${readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 2).join(" ")}`,
    `Node.js ${process.versions.node}, ioredis ${version}`,
    stdout.trim().split("\n").join(", "),
  ];
}
