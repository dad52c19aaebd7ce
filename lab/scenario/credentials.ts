import { randomBytes } from "node:crypto";

/** What stands in for AWS credentials towards LocalStack, which takes any. */
export const emulatorCredentials = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
} as const;

/** A passphrase for a stack's secrets, made for one run. */
export function newPassphrase(): string {
  return randomBytes(24).toString("base64url");
}
