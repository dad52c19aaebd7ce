import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../cacheFolder.js";
import type { BaseImage } from "./baseImage.js";
import { buildOnce } from "../../engine/buildOnce.js";
import { withLock } from "../../lock.js";
import { debianSources } from "./recipe.js";

const suites = {
  debian: ["bookworm", "bookworm-updates", "bookworm-backports"],
  "debian-security": ["bookworm-security"],
} as const;
const components = ["main", "contrib", "non-free", "non-free-firmware"] as const;

/**
 * A Debian mirror that holds the packages and all that they need or recommend beyond the base image, in the shape of
 * the real one, so that `https://deb.debian.org/debian bookworm main` and its neighbours work. Returns its folder.
 */
export async function mirror(
  image: BaseImage,
  packages: readonly string[],
  progress: (line: string) => void,
): Promise<string> {
  const names = [...new Set(packages)].sort();
  const key = createHash("sha256")
    .update(JSON.stringify([image.key, names]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder("mirror"), key);
  const waits = (): void => {
    progress("another run is making a mirror from the same image: waiting for it");
  };
  await buildOnce(folder, progress, (building) =>
    // apt locks the image's own list of packages, and the keeper of the signing key is ended when it has signed.
    withLock(join(cacheFolder("mirror"), `${image.key}.lock`), waits, async () => {
      progress(`fetching ${names.join(", ")} for the test hosts' Debian mirror (once)`);
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
  await writeFile(join(work, "sources.list"), `${debianSources.join("\n")}\n`);
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
  for (const [archive, names] of Object.entries(suites)) {
    for (const suite of names) {
      const dist = join(folder, archive, "dists", suite);
      for (const component of components) {
        const content = suite === "bookworm" && component === "main" && packages !== "" ? `${packages}\n` : "";
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

async function sign(image: BaseImage, dist: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const all = { Origin: "Debian", Components: components.join(" "), ...fields };
  const options = Object.entries(all).flatMap(([key, value]) => ["-o", `APT::FTPArchive::Release::${key}=${value}`]);
  const { stdout } = await execa("apt-ftparchive", [...options, "release", dist]);
  await writeFile(join(dist, "Release"), `${stdout}\n`);
  const gpg = [
    "--homedir",
    image.signingHome,
    "--batch",
    "--quiet",
    "--clearsign",
    "--output",
    join(dist, "InRelease"),
  ];
  await execa("gpg", [...gpg, join(dist, "Release")]);
  await execa("gpgconf", ["--homedir", image.signingHome, "--kill", "all"]);
}
