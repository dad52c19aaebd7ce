import { gzip } from "pako";

/** EC2's limit for user data before it is encoded as base64 (EC2 User Guide, "Instance user data"). */
export const userDataLimitBytes = 16_384;

/**
 * User data as EC2 takes it: gzip, which cloud-init unpacks, in base64. The compressor is a pinned library, so that
 * another version of Node.js or another operating system makes the same bytes and replaces no instance.
 */
export function encodeUserData(text: string): string {
  return Buffer.from(compress(text)).toString("base64");
}

/** The size that counts against {@link userDataLimitBytes}. */
export function userDataBytes(text: string): number {
  return compress(text).length;
}

function compress(text: string): Uint8Array {
  return gzip(text, { level: 9 });
}
