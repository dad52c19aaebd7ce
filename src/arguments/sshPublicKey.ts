import { createHash } from "node:crypto";
import type { Problem } from "./problems";
import { readSshPublicKey, type SshPublicKey } from "./sshWire";

const shape =
  /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]+={0,3}( [A-Za-z0-9@._+-]{1,100})?$/;
const want =
  'Give one line of an OpenSSH public key, such as the file ~/.ssh/id_ed25519.pub: "ssh-ed25519 AAAA… ada@example.com".';

/** Minimum length of an RSA key: NIST SP 800-57 part 1, table 2 (128 bits of strength). */
const minimumRsaBits = 3072;

/** The problems with one SSH public key. What was got is never shown: it could be a private key. */
export function sshPublicKeyProblems(path: string, value: unknown): Problem[] {
  const problem = (got: string, allowed: string): Problem[] => [{ path, got, allowed }];
  if (typeof value !== "string") return problem("a value that is not a string (not shown)", want);
  if (/PRIVATE KEY/i.test(value) || value.includes("PuTTY-User-Key-File")) {
    return problem(
      "what looks like a private key (not shown)",
      `Replace that key pair, as it has left its owner's machine. ${want}`,
    );
  }
  if (!shape.test(value)) return problem("something else (not shown)", want);
  if (value.startsWith("sk-")) {
    return problem("a FIDO key", "The hosts take ssh-ed25519, ecdsa-sha2-nistp256/384/521 and ssh-rsa keys.");
  }
  try {
    return strengthProblems(path, readSshPublicKey(value));
  } catch {
    return problem("a key that does not parse (not shown)", want);
  }
}

function strengthProblems(path: string, { kind, bits = 0 }: SshPublicKey): Problem[] {
  if (kind === "dsa") return [{ path, got: "a DSA key", allowed: "DSA is broken: give an ssh-ed25519 key." }];
  if (kind === "rsa" && bits < minimumRsaBits) {
    const allowed = `Give an ssh-ed25519 key, or RSA of at least ${minimumRsaBits} bits.`;
    return [{ path, got: `an RSA key of ${bits} bits`, allowed }];
  }
  return [];
}

/** A sound key's fingerprint, as `ssh-keygen -l` and sshd's log write it. */
export function sshFingerprint(value: string): string {
  const [, body = ""] = value.split(" ");
  const hash = createHash("sha256").update(Buffer.from(body, "base64")).digest("base64");
  return `SHA256:${hash.replace(/=+$/, "")}`;
}
