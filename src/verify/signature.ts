import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordSignature } from "../evidence/judgeRecord";

/** What the signature is good for, and for nothing else (ssh-keygen(1), `-n`). */
const namespace = "verify@pulumi-hipaa-redis";

/** Where the signature of a file is: beside it. */
export function signaturePath(path: string): string {
  return `${path}.sig`;
}

/**
 * Signs a file with an SSH key, which may be one of an agent's or of a hardware token (ssh-keygen(1), `-Y sign`).
 *
 * @returns The path of the signature, beside the file.
 * @throws Error when ssh-keygen refuses; its own message goes to the terminal.
 */
export function signFile(path: string, keyFile: string): string {
  const signature = signaturePath(path);
  // ssh-keygen asks before it replaces one.
  rmSync(signature, { force: true });
  sshKeygen(["-Y", "sign", "-q", "-f", keyFile, "-n", namespace, path], undefined, "inherit");
  return signature;
}

/** Who may sign: an operator of the cache, or a key that whoever asks has named. */
export interface Signer {
  /** Of an operator the name, of another key its fingerprint. */
  readonly name: string;
  readonly sshPublicKey: string;
}

/**
 * Whose signature a file has.
 *
 * @returns The signer's name.
 * @throws Error when none of those who may has signed the file as it is.
 */
export function signerOf(path: string, content: string, signers: readonly Signer[]): string {
  const found = signatureOf(path, content, signers);
  if ("refused" in found) throw new Error(`${path}: ${found.refused}.`);
  return found.signedBy;
}

/**
 * What became of a file's signature.
 *
 * @throws Error when there is no ssh-keygen to ask.
 */
export function signatureOf(path: string, content: string, signers: readonly Signer[]): RecordSignature {
  if (!existsSync(signaturePath(path))) return { refused: `it is not signed: there is no ${signaturePath(path)}` };
  const folder = mkdtempSync(join(tmpdir(), "signers-"));
  try {
    const allowed = join(folder, "allowed");
    writeFileSync(
      allowed,
      signers.map(({ name, sshPublicKey }) => `${name} namespaces="${namespace}" ${sshPublicKey}\n`).join(""),
    );
    const signature = ["-f", allowed, "-s", signaturePath(path)];
    const [name = ""] = sshKeygen(["-Y", "find-principals", ...signature], undefined, "ignore").split("\n");
    sshKeygen(["-Y", "verify", ...signature, "-I", name, "-n", namespace], content, "ignore");
    return { signedBy: name };
  } catch (error) {
    if (error instanceof NoSshKeygen) throw error;
    const names = signers.map(({ name }) => name).join(", ") || "nobody";
    return {
      refused: `its signature is not that of a key that may sign, for the file as it is now (who may: ${names})`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class NoSshKeygen extends Error {}

function sshKeygen(args: readonly string[], input: string | undefined, errors: "inherit" | "ignore"): string {
  const { error, status, stdout } = spawnSync("ssh-keygen", args, {
    ...(input === undefined ? {} : { input }),
    encoding: "utf8",
    stdio: [input === undefined ? "inherit" : "pipe", "pipe", errors],
  });
  if (error !== undefined)
    throw new NoSshKeygen(`ssh-keygen could not be run (Debian: apt install openssh-client): ${error.message}`);
  if (status !== 0) throw new Error(`ssh-keygen ended with ${String(status)}; see its own message above.`);
  return stdout;
}
