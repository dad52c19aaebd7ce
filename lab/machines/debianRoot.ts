import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { releases, type OperatingSystem } from "../../src/plan/operatingSystem.js";
import { cacheFolder } from "../cacheFolder.js";
import { buildOnce } from "../engine/buildOnce.js";
import { debianSources } from "../hosts/image/recipe.js";
import type { Machine } from "./machine.js";

/** A folder with some of a release's packages, whose programs run there by chroot(8) on whatever Debian this machine is: made once. */
export async function debianRoot(
  operatingSystem: OperatingSystem,
  packages: readonly string[],
  progress: (line: string) => void,
): Promise<string> {
  const { title, codename } = releases[operatingSystem];
  const sources = debianSources(operatingSystem);
  const recipe = JSON.stringify([sources, packages, process.arch, 1]);
  const key = createHash("sha256").update(recipe).digest("hex").slice(0, 16);
  const folder = join(cacheFolder("root"), `${operatingSystem}-${key}`);
  await buildOnce(folder, progress, async (building) => {
    progress(`fetching ${packages.join(", ")} of ${title} (mmdebstrap, about half a minute, once)`);
    await mkdir(building);
    const include = `--include=${packages.join(",")}`;
    const root = join(building, "root");
    await execa("mmdebstrap", ["--quiet", "--mode=root", "--variant=minbase", include, codename, root, ...sources]);
  });
  return join(folder, "root");
}

/** Has what runs in that folder on a machine find the machine's own /run, /dev and /proc. Returns what stands before a command. */
export async function enterRoot(machine: Machine, root: string): Promise<readonly string[]> {
  for (const folder of ["run", "dev", "proc"])
    await machine.run(["mount", "--rbind", `/${folder}`, join(root, folder)]);
  return ["chroot", root];
}
