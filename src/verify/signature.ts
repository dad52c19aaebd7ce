import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OperatorArguments } from "../arguments/cacheArguments";

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

/**
 * Whose signature a file has.
 *
 * @returns The operator's name.
 * @throws Error when none of the operators has signed the file as it is.
 */
export function signerOf(path: string, content: string, operators: readonly OperatorArguments[]): string {
  const folder = mkdtempSync(join(tmpdir(), "signers-"));
  try {
    const signers = join(folder, "allowed");
    writeFileSync(
      signers,
      operators.map(({ name, sshPublicKey }) => `${name} namespaces="${namespace}" ${sshPublicKey}\n`).join(""),
    );
    const signature = ["-f", signers, "-s", signaturePath(path)];
    const [name = ""] = sshKeygen(["-Y", "find-principals", ...signature], undefined, "ignore").split("\n");
    sshKeygen(["-Y", "verify", ...signature, "-I", name, "-n", namespace], content, "ignore");
    return name;
  } catch (error) {
    throw new Error(
      `${signaturePath(path)} is not the signature of an operator of the cache for the file as it is now (operators: ${operators.map(({ name }) => name).join(", ") || "none"}).`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sshKeygen(args: readonly string[], input: string | undefined, errors: "inherit" | "ignore"): string {
  const { error, status, stdout } = spawnSync("ssh-keygen", args, {
    ...(input === undefined ? {} : { input }),
    encoding: "utf8",
    stdio: [input === undefined ? "inherit" : "pipe", "pipe", errors],
  });
  if (error !== undefined)
    throw new Error(`ssh-keygen could not be run (Debian: apt install openssh-client): ${error.message}`);
  if (status !== 0) throw new Error(`ssh-keygen ended with ${String(status)}; see its own message above.`);
  return stdout;
}
