import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

export interface SshKey {
  readonly privateKeyFile: string;
  readonly publicKey: string;
}

/** Makes an SSH key pair for one run, as an operator would. */
export async function newSshKey(folder: string, name: string): Promise<SshKey> {
  const privateKeyFile = join(folder, name);
  await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", privateKeyFile]);
  return { privateKeyFile, publicKey: readFileSync(`${privateKeyFile}.pub`, "utf8").trim() };
}
