import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../cacheFolder.js";
import type { BaseImage } from "./baseImage.js";
import { buildOnce } from "../../engine/buildOnce.js";
import { withLock } from "../../lock.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { debianSources, mirrorDate, suitesOf } from "./recipe.js";

const components = ["main", "contrib", "non-free", "non-free-firmware"] as const;

/**
 * A mirror of the base image's release that holds the packages and all that they need or recommend beyond the image, in the shape of
 * the real one, so that `https://deb.debian.org/debian bookworm main` and its neighbours work. Returns its folder.
 */
export async function mirror(
  image: BaseImage,
  packages: readonly string[],
  progress: (line: string) => void,
): Promise<string> {
  const names = [...new Set(packages)].sort();
  const key = createHash("sha256")
    .update(JSON.stringify([image.key, names, mirrorDate]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder("mirror"), key);
  const waits = (): void => {
    progress("another mirror is being made: waiting for it");
  };
  await buildOnce(folder, progress, (building) =>
    // apt locks the image's own list of packages, and the keeper of the one signing key is ended when it has signed.
    withLock(join(cacheFolder("mirror"), "making.lock"), waits, async () => {
      const { title } = releases[image.operatingSystem];
      progress(`fetching ${names.join(", ")} for the test hosts' mirror of ${title} (once)`);
      await download(image, names, building);
      await index(image, building);
    }),
  );
  return folder;
}

async function download(image: BaseImage, names: readonly string[], folder: string): Promise<void> {
  const work = join(folder, "work");
  const pool = join(folder, "debian", "pool");
  for (const path of ["lists/partial", "archives/partial"]) await mkdir(join(work, path), { recursive: true });
  await mkdir(pool, { recursive: true });
  await writeFile(join(work, "sources.list"), `${debianSources(image.operatingSystem).join("\n")}\n`);
  const configuration = {
    Dir: image.root,
    "Dir::State::status": join(image.root, "var/lib/dpkg/status"),
    "Dir::State::lists": join(work, "lists"),
    "Dir::Cache": work,
    "Dir::Cache::archives": join(work, "archives"),
    "Dir::Etc::sourcelist": join(work, "sources.list"),
    "Dir::Etc::sourceparts": "-",
    "Acquire::Languages": "none",
    "APT::Sandbox::User": "root",
  };
  const aptConfig = join(work, "apt.conf");
  await writeFile(
    aptConfig,
    Object.entries(configuration)
      .map(([key, value]) => `${key} "${value}";\n`)
      .join(""),
  );
  const env = { APT_CONFIG: aptConfig, DEBIAN_FRONTEND: "noninteractive" };
  await execa("apt-get", ["update", "--quiet"], { env });
  await execa("apt-get", ["install", "--quiet", "--yes", "--download-only", ...names], { env });
  for (const file of await readdir(join(work, "archives"))) {
    if (file.endsWith(".deb")) await rename(join(work, "archives", file), join(pool, file));
  }
  await rm(work, { recursive: true });
}

async function index(image: BaseImage, folder: string): Promise<void> {
  const { stdout: architecture } = await execa("dpkg", ["--print-architecture"]);
  const { stdout: packages } = await execa("apt-ftparchive", ["packages", "pool"], {
    cwd: join(folder, "debian"),
  });
  const { codename } = releases[image.operatingSystem];
  for (const [archive, names] of Object.entries(suitesOf(image.operatingSystem))) {
    for (const suite of names) {
      const dist = join(folder, archive, "dists", suite);
      for (const component of components) {
        const content = suite === codename && component === "main" && packages !== "" ? `${packages}\n` : "";
        await mkdir(join(dist, component, `binary-${architecture}`), { recursive: true });
        await mkdir(join(dist, component, "source"), { recursive: true });
        await writeFile(join(dist, component, `binary-${architecture}`, "Packages"), content);
        await writeFile(join(dist, component, "source", "Sources"), "");
      }
      const Label = archive === "debian-security" ? "Debian-Security" : "Debian";
      await sign(image, dist, { Label, Suite: suite, Codename: suite, Architectures: architecture });
    }
  }
}

async function sign({ keys }: BaseImage, dist: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const all = { Origin: "Debian", Date: mirrorDate, Components: components.join(" "), ...fields };
  const options = Object.entries(all).flatMap(([key, value]) => ["-o", `APT::FTPArchive::Release::${key}=${value}`]);
  const { stdout } = await execa("apt-ftparchive", [...options, "release", dist]);
  await writeFile(join(dist, "Release"), `${stdout}\n`);
  const gpg = ["--homedir", keys.signingHome, "--batch", "--quiet", "--clearsign", "--output", join(dist, "InRelease")];
  await execa("gpg", [...gpg, join(dist, "Release")]);
  await execa("gpgconf", ["--homedir", keys.signingHome, "--kill", "all"]);
}
