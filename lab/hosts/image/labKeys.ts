import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../cacheFolder.js";
import { buildOnce } from "../../engine/buildOnce.js";
import { inDays, newIdentity } from "../../x509/identity.js";
import { writeIdentity, type IdentityFiles } from "../../x509/identityFiles.js";

/** What the lab's base images trust, and nobody else does: one lab's hosts may be of several images. */
export interface LabKeys {
  /** Of the certificates of the lab's internet. */
  readonly authority: IdentityFiles;
  /** A GnuPG home whose one key signs the lab's mirrors. */
  readonly signingHome: string;
  /** The public part of that key. */
  readonly signingKeyFile: string;
  /** Others have another id. */
  readonly id: string;
}

/** The keys of this machine's labs, made once. */
export async function labKeys(progress: (line: string) => void): Promise<LabKeys> {
  const folder = join(cacheFolder("image"), "keys");
  await buildOnce(folder, progress, async (draft) => {
    await mkdir(draft);
    const subject = "CN=pulumi-hipaa-redis lab: not the real Internet";
    writeIdentity(draft, "ca", await newIdentity({ subject, usage: "authority", to: inDays(3650) }));
    await makeSigningKey(draft);
  });
  const [certificateFile, signingKeyFile] = [join(folder, "ca.pem"), join(folder, "mirror.gpg")];
  const id = createHash("sha256");
  for (const file of [certificateFile, signingKeyFile]) id.update(await readFile(file));
  return {
    authority: { certificateFile, privateKeyFile: join(folder, "ca-key.pem") },
    signingHome: join(folder, "gnupg"),
    signingKeyFile,
    id: id.digest("hex"),
  };
}

async function makeSigningKey(folder: string): Promise<void> {
  const home = join(folder, "gnupg");
  await mkdir(home, { mode: 0o700 });
  const gpg = (...args: string[]) => execa("gpg", ["--homedir", home, "--batch", "--quiet", ...args]);
  await gpg("--passphrase", "", "--quick-generate-key", "pulumi-hipaa-redis lab mirror", "ed25519", "sign", "never");
  await gpg("--output", join(folder, "mirror.gpg"), "--export");
  await execa("gpgconf", ["--homedir", home, "--kill", "all"]);
}
