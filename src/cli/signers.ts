import type { OperatorArguments } from "../arguments/cacheArguments";
import { throwIfAny } from "../arguments/problems";
import { sshFingerprint, sshPublicKeyProblems } from "../arguments/sshPublicKey";
import type { Evidence } from "../evidence/evidence";
import { readTextFile } from "./files";

/**
 * Whose signature counts: the operators of the cache, and people who have no account on its hosts, such as a reviewer, by the keys that were named.
 *
 * @throws Error when a file has no sound public key.
 */
export function signersOf({ arguments: { operators } }: Evidence, keyFiles: readonly string[]): OperatorArguments[] {
  const named = keyFiles.map((path) => {
    const sshPublicKey = readTextFile("--signer", path).trim();
    throwIfAny("--signer", sshPublicKeyProblems(path, sshPublicKey));
    return { name: sshFingerprint(sshPublicKey), sshPublicKey };
  });
  return [...operators, ...named];
}
