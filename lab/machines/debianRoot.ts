import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { releases, type OperatingSystem } from "../../src/plan/operatingSystem.js";
import { cacheFolder } from "../cacheFolder.js";
import { buildOnce } from "../engine/buildOnce.js";
import { runGroup } from "../engine/runGroup.js";
import { debianSources } from "../hosts/image/recipe.js";
import type { Machine } from "./machine.js";

/**
 * A folder with some of a release's packages, on whatever Debian this machine is: made once. With `minbase` its programs run there by chroot(8);
 * with `extract` nothing is configured, and they run with the folder's libraries (mmdebstrap(1), "VARIANTS").
 */
export async function debianRoot(
  operatingSystem: OperatingSystem,
  packages: readonly string[],
  progress: (line: string) => void,
  variant: "minbase" | "extract" = "minbase",
): Promise<string> {
  const { title, codename } = releases[operatingSystem];
  const sources = debianSources(operatingSystem);
  const recipe = JSON.stringify([sources, packages, variant, process.arch, 1]);
  const key = createHash("sha256").update(recipe).digest("hex").slice(0, 16);
  const folder = join(cacheFolder("root"), `${operatingSystem}-${key}`);
  await buildOnce(folder, progress, async (building) => {
    progress(`fetching ${packages.join(", ")} of ${title} (mmdebstrap, about half a minute, once)`);
    await mkdir(building);
    const include = `--include=${packages.join(",")}`;
    const root = join(building, "root");
    const options = ["--quiet", "--mode=root", `--variant=${variant}`, include];
    await runGroup("mmdebstrap", [...options, codename, root, ...sources], { timeout: 10 * 60_000 });
  });
  return join(folder, "root");
}

/** Has what runs in that folder on a machine find the machine's own /run, /dev and /proc. Returns what stands before a command. */
export async function enterRoot(machine: Machine, root: string): Promise<readonly string[]> {
  for (const folder of ["run", "dev", "proc"])
    await machine.run(["mount", "--rbind", `/${folder}`, join(root, folder)]);
  return ["chroot", root];
}
