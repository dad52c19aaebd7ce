import type { StackResource } from "./resource";
import { allowsAction, allowsEveryAction, judgeStatements } from "./statements";
import { takeovers } from "./takeovers";
import { violationIf, type Verdict } from "./verdict";

/** A policy that allows to decrypt with all keys. (Every action of every service has a rule of its own.) */
export function decryptsEverything(resource: StackResource): Verdict {
  return judgeStatements(resource, ({ actions, resources }) =>
    violationIf(
      actions.some((action) => decrypts(action)) && resources.some((one) => isEveryKey(one)),
      "allows decryption with every KMS key",
    ),
  );
}

function decrypts(pattern: string): boolean {
  return !allowsEveryAction(pattern) && takeovers.key.decrypt.some((action) => allowsAction(pattern, action));
}

/** `*`, or an ARN that ends in every key of a region. */
function isEveryKey(resource: string): boolean {
  return /^\*+$|^arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*)$/.test(resource);
}
