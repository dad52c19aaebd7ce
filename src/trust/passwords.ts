import { createHash } from "node:crypto";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { LockedCommand } from "../plan/commands";

/** A password is safe by its length, not by a lockout: 64 of 62 letters and digits are 381 bits. */
export const passwordLength = 64;
const secretNameLength = 32;

/** The password of a cache, which its clients use. */
export function createPassword(cache: string, opts: CustomResourceOptions): Output<string> {
  return new RandomPassword(cache, { length: passwordLength, special: false }, opts).result;
}

/** The secret names of the commands that are renamed. */
export function createSecretNames(
  cache: string,
  commands: readonly LockedCommand[],
  opts: CustomResourceOptions,
): { command: string; secretName: Output<string> }[] {
  return commands
    .filter(({ treatment }) => treatment === "renamed")
    .map(({ name }) => ({
      command: name,
      secretName: new RandomPassword(
        `${cache}-command-${name.toLowerCase()}`,
        { length: secretNameLength, special: false },
        opts,
      ).result,
    }));
}

/** The form in which Redis keeps a password (redis.io, "ACL"): a node need not know it in clear. */
export function passwordSha256(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
