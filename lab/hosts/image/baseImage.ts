import { createHash } from "node:crypto";
import { appendFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../cacheFolder.js";
import { buildOnce } from "../../engine/buildOnce.js";
import { inDays, newIdentity } from "../../x509/identity.js";
import { writeIdentity, type IdentityFiles } from "../../x509/identityFiles.js";
import { debianSources, imageFiles, imageLinks, imagePackages } from "./recipe.js";

/** A built base image: the root file system, the lab's certificate authority and the key that signs its mirrors. */
export interface BaseImage {
  readonly key: string;
  readonly root: string;
  readonly authority: IdentityFiles;
  /** A GnuPG home whose one key signs the lab's mirrors; only this image trusts it. */
  readonly signingHome: string;
}

/** The base image of the test hosts: taken from the cache, or built with mmdebstrap (about half a minute). */
export async function baseImage(progress: (line: string) => void): Promise<BaseImage> {
  const recipe = JSON.stringify([imagePackages, debianSources, imageFiles, imageLinks, process.arch, 1]);
  const key = createHash("sha256").update(recipe).digest("hex").slice(0, 16);
  const folder = join(cacheFolder("image"), key);
  await buildOnce(folder, progress, async (building) => {
    progress("building the base image of the test hosts (mmdebstrap, about half a minute, once)");
    await build(building);
  });
  return {
    key,
    root: join(folder, "root"),
    authority: { certificateFile: join(folder, "ca.pem"), privateKeyFile: join(folder, "ca-key.pem") },
    signingHome: join(folder, "gnupg"),
  };
}

async function build(folder: string): Promise<void> {
  const root = join(folder, "root");
  await mkdir(folder);
  await execa("mmdebstrap", [
    "--quiet",
    "--mode=root",
    "--variant=minbase",
    `--include=${imagePackages.join(",")}`,
    "bookworm",
    root,
    ...debianSources,
  ]);
  const subject = "CN=pulumi-hipaa-redis lab: not the real Internet";
  writeIdentity(folder, "ca", await newIdentity({ subject, usage: "authority", to: inDays(3650) }));
  await makeSigningKey(folder, root);
  for (const [path, content] of Object.entries(imageFiles)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rm(join(root, path), { force: true });
    await writeFile(join(root, path), content);
  }
  for (const [path, target] of Object.entries(imageLinks)) {
    await rm(join(root, path), { force: true });
    await symlink(target, join(root, path));
  }
  await cp(join(folder, "ca.pem"), join(root, "usr/local/share/ca-certificates/hipaa-redis-lab.crt"));
  await execa("chroot", [root, "update-ca-certificates"]);
  // Each boot gets its own, as each instance does.
  for (const name of ["rsa", "ecdsa", "ed25519"]) {
    await rm(join(root, `etc/ssh/ssh_host_${name}_key`), { force: true });
    await rm(join(root, `etc/ssh/ssh_host_${name}_key.pub`), { force: true });
  }
}

async function makeSigningKey(folder: string, root: string): Promise<void> {
  const home = join(folder, "gnupg");
  await mkdir(home, { mode: 0o700 });
  const gpg = (...args: string[]) => execa("gpg", ["--homedir", home, "--batch", "--quiet", ...args]);
  await gpg("--passphrase", "", "--quick-generate-key", "pulumi-hipaa-redis lab mirror", "ed25519", "sign", "never");
  const exported = join(folder, "mirror.gpg");
  await gpg("--output", exported, "--export");
  await execa("gpgconf", ["--homedir", home, "--kill", "all"]);
  await cp(exported, join(root, "etc/apt/trusted.gpg.d/hipaa-redis-lab.gpg"));
  // For sources that say Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg.
  await appendFile(join(root, "usr/share/keyrings/debian-archive-keyring.gpg"), await readFile(exported));
}
