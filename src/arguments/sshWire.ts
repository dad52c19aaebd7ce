import { createPublicKey, type JsonWebKey } from "node:crypto";

/** What matters of a public key that OpenSSH wrote. */
export interface SshPublicKey {
  readonly kind: "ed25519" | "ecdsa" | "rsa" | "dsa";
  /** Of an RSA key's modulus. */
  readonly bits?: number;
}

/**
 * Reads a line of an OpenSSH public key (RFC 4253, section 6.6; RFC 5656; RFC 8709). Its body must be of the kind that it names, to the
 * last byte.
 *
 * @throws Error when it is no such key, or none that OpenSSL takes, such as a point that is not on its curve.
 */
export function readSshPublicKey(line: string): SshPublicKey {
  const [name = "", body = ""] = line.split(" ");
  const [inner, ...values] = fields(Buffer.from(body, "base64"));
  if (inner?.toString("latin1") !== name) throw new Error("The body holds another kind of key than the line names.");
  // OpenSSL's own key of it is not asked for: DSA is refused in any case.
  if (name === "ssh-dss") return { kind: "dsa" };
  const key = createPublicKey({ key: jwkOf(name, values), format: "jwk" });
  if (name === "ssh-ed25519") return { kind: "ed25519" };
  return name === "ssh-rsa" ? { kind: "rsa", bits: key.asymmetricKeyDetails?.modulusLength } : { kind: "ecdsa" };
}

/** Strings with their length before them (RFC 4251, section 5). */
function fields(body: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < body.length;) {
    const end = start + 4 + body.readUInt32BE(start);
    if (end > body.length) throw new Error("The body is cut off.");
    found.push(body.subarray(start + 4, end));
    start = end;
  }
  return found;
}

const curves: Readonly<Record<string, { crv: string; bytes: number }>> = {
  nistp256: { crv: "P-256", bytes: 32 },
  nistp384: { crv: "P-384", bytes: 48 },
  nistp521: { crv: "P-521", bytes: 66 },
};

function jwkOf(name: string, values: readonly Buffer[]): JsonWebKey {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = values;
  const url = (bytes: Buffer): string => bytes.toString("base64url");
  if (name === "ssh-ed25519" && values.length === 1) return { kty: "OKP", crv: "Ed25519", x: url(first) };
  if (name === "ssh-rsa" && values.length === 2) return { kty: "RSA", e: url(first), n: url(second) };
  const curve = curves[first.toString("latin1")];
  if (curve !== undefined && name === `ecdsa-sha2-${first.toString("latin1")}` && values.length === 2) {
    const { crv, bytes } = curve;
    // An uncompressed point begins with 4 (SEC 1, section 2.3.3), and is all that OpenSSH writes.
    if (second[0] === 4 && second.length === 1 + 2 * bytes) {
      return { kty: "EC", crv, x: url(second.subarray(1, 1 + bytes)), y: url(second.subarray(1 + bytes)) };
    }
  }
  throw new Error("The body does not have the parts of its kind of key.");
}
