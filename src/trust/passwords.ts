import { createHash } from "node:crypto";
import { all, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { getOrThrow } from "../resources/getOrThrow";
import { passwordLength } from "../plan/passwords";
import type { Generations } from "../plan/rotation";

/** The password of one client. */
export interface ClientPassword {
  /** The one in use. */
  readonly current: Output<string>;
  /** What the node knows of every generation that it takes: SHA-256, the form in which Redis keeps them ("ACL"). */
  readonly acceptedSha256: Output<string[]>;
}

/** Makes a client's password, all its generations. */
export function createClientPassword(
  name: string,
  generations: Generations,
  opts: CustomResourceOptions,
): ClientPassword {
  const passwords = new Map(
    generations.accepted.map((generation) => [
      String(generation),
      new RandomPassword(`${name}-${generation}`, { length: passwordLength, special: false }, opts).result,
    ]),
  );
  return {
    current: getOrThrow(passwords, String(generations.current)),
    acceptedSha256: all([...passwords.values()]).apply((clear) => clear.map(sha256)),
  };
}

/** In hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
