import type { StackResource } from "./resource";
import { judgeStatements } from "./statements";
import { violationIf, type Verdict } from "./verdict";

/** The patterns of AWS Config's pack: `kms:*`, `kms:Decrypt`, `kms:ReEncrypt*`. */
const blocked = /^kms:(\*|decrypt|reencrypt.*|d.*\*|r.*\*)$/i;

/** A policy that allows to decrypt with all keys. (Every action of every service has a rule of its own.) */
export function decryptsEverything(resource: StackResource): Verdict {
  return judgeStatements(resource, ({ actions, resources }) =>
    violationIf(
      actions.some((action) => blocked.test(action)) && resources.some((one) => isEveryKey(one)),
      "allows decryption with every KMS key",
    ),
  );
}

/** `*`, or an ARN that ends in every key of a region. */
function isEveryKey(resource: string): boolean {
  return /^\*+$|^arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*)$/.test(resource);
}
