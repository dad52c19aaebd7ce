import { createHash } from "node:crypto";
import { appendFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { releases, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { cacheFolder } from "../../cacheFolder.js";
import { buildOnce } from "../../engine/buildOnce.js";
import type { LabKeys } from "./labKeys.js";
import { debianSources, imageFiles, imageLinks, imagePackages } from "./recipe.js";

/** A built base image, which trusts what the lab's keys sign. */
export interface BaseImage {
  readonly operatingSystem: OperatingSystem;
  readonly key: string;
  /** The root file system. */
  readonly root: string;
  readonly keys: LabKeys;
}

/** The base image of test hosts of a release: taken from the cache, or built with mmdebstrap (about half a minute). */
export async function baseImage(
  operatingSystem: OperatingSystem,
  keys: LabKeys,
  progress: (line: string) => void,
): Promise<BaseImage> {
  const parts = [imagePackages, debianSources(operatingSystem), imageFiles(operatingSystem), imageLinks];
  const recipe = JSON.stringify([...parts, keys.id, process.arch, 1]);
  const key = `${operatingSystem}-${createHash("sha256").update(recipe).digest("hex").slice(0, 16)}`;
  const folder = join(cacheFolder("image"), key);
  await buildOnce(folder, progress, async (building) => {
    const { title } = releases[operatingSystem];
    progress(`building the base image of test hosts with ${title} (mmdebstrap, about half a minute, once)`);
    await mkdir(building);
    await build(operatingSystem, keys, join(building, "root"));
  });
  return { operatingSystem, key, root: join(folder, "root"), keys };
}

async function build(operatingSystem: OperatingSystem, keys: LabKeys, root: string): Promise<void> {
  await execa("mmdebstrap", [
    "--quiet",
    "--mode=root",
    "--variant=minbase",
    `--include=${imagePackages.join(",")}`,
    releases[operatingSystem].codename,
    root,
    ...debianSources(operatingSystem),
  ]);
  for (const [path, content] of Object.entries(imageFiles(operatingSystem))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rm(join(root, path), { force: true });
    await writeFile(join(root, path), content);
  }
  for (const [path, target] of Object.entries(imageLinks)) {
    await rm(join(root, path), { force: true });
    await symlink(target, join(root, path));
  }
  await cp(keys.signingKeyFile, join(root, "etc/apt/trusted.gpg.d/hipaa-redis-lab.gpg"));
  // For sources that say Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg.
  const debiansKeys = join(root, "usr/share/keyrings/debian-archive-keyring.gpg");
  await appendFile(debiansKeys, await readFile(keys.signingKeyFile));
  await cp(keys.authority.certificateFile, join(root, "usr/local/share/ca-certificates/hipaa-redis-lab.crt"));
  await execa("chroot", [root, "update-ca-certificates"]);
  // Each boot gets its own, as each instance does.
  for (const name of ["rsa", "ecdsa", "ed25519"]) {
    await rm(join(root, `etc/ssh/ssh_host_${name}_key`), { force: true });
    await rm(join(root, `etc/ssh/ssh_host_${name}_key.pub`), { force: true });
  }
}
