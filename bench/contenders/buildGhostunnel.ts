import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../lab/cacheFolder.js";
import { buildOnce } from "../../lab/engine/buildOnce.js";
import { goTool } from "../../lab/engine/goTool.js";
import { runGroup } from "../../lab/engine/runGroup.js";

const ghostunnelModule = "github.com/ghostunnel/ghostunnel@v1.8.4";
const buildLimit = 10 * 60_000;

/** The program, built once from its Go module and checked against the sums that the module itself carries. */
export async function ensureGhostunnel(): Promise<string> {
  const folder = join(cacheFolder("ghostunnel"), "v1.8.4");
  await buildOnce(folder, console.error, build);
  return join(folder, "ghostunnel");
}

async function build(draft: string): Promise<void> {
  const go = await goTool(console.error);
  const source = join(draft, "source");
  mkdirSync(source, { recursive: true });
  const { stdout } = await execa(...go.run("go", ["mod", "download", "-json", ghostunnelModule]), {
    cwd: draft,
    env: go.env,
  });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  await execa("cp", ["--recursive", "--no-preserve=mode", `${Dir}/.`, source]);
  // Its vendor folder lacks what it needs on Linux.
  const args = ["build", "-mod=mod", "-trimpath", "-o", join(draft, "ghostunnel"), "."];
  await runGroup(...go.run("go", args), { cwd: source, env: go.env, timeout: buildLimit });
}
