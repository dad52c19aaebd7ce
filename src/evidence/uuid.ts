import { createHash } from "node:crypto";

/** The namespace of URLs (RFC 9562, section 6.6). */
const urlNamespace = "6ba7b8119dad11d180b400c04fd430c8";

/**
 * A UUID made of texts, the same for the same ones. It is a hash, as version 5 is, but says that it is of version 4: compliance-trestle's
 * `ssp-assemble` takes no other, although NIST's schemas do.
 */
export function uuidOf(...parts: readonly string[]): string {
  const hash = createHash("sha256").update(Buffer.from(urlNamespace, "hex")).update(JSON.stringify(parts)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x40, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
