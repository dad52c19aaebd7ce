import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { mustNot } from "../judging";
import { attachesTakeover, isAttachment, typesThatAttach } from "../managedPolicies";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { takeovers } from "../takeovers";
import { compliant, worst } from "../verdict";

export const cacheKeyUsers: StackRule = {
  name: "cache-key-users",
  description:
    "No policy, grant or key policy of the stack lets anybody but a cache's own hosts decrypt with its KMS key, or open the key to others.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(a)(2)(iv)"],
  remediation: "Use a key of your own for everything that is not the cache's.",
  note: "AWS Config has rules of its own for decryption with every key. AWS's own policies that allow it are in a table (below).",
  types: [
    ...typesWithCustomerPolicy,
    ...typesWithInlinePolicy,
    ...typesThatAttach,
    awsTypes.kmsGrant,
    awsTypes.kmsKeyPolicy,
  ],
  judgeInStack(resource, stack) {
    const keys = ofCaches(stack, awsTypes.kmsKey);
    if (resource.type === awsTypes.kmsGrant || resource.type === awsTypes.kmsKeyPolicy) {
      if (isMadeBy("HipaaRedisCache", resource)) return compliant;
      return mustNot(refersTo(resource, "keyId", keys), "opens the KMS key of a cache");
    }
    const attached = attachesTakeover(resource, "key", keys, "allows decrypting with its KMS key, or opening it");
    if (isAttachment(resource)) return attached;
    const { decrypt, open } = takeovers.key;
    return worst([
      attached,
      cacheGrant(resource, keys, {
        actions: decrypt,
        reason: "allows decrypting with the KMS key of a cache",
        everything: false,
      }),
      cacheGrant(resource, keys, {
        actions: open,
        reason: "allows opening or disabling the KMS key of a cache",
        everything: true,
      }),
    ]);
  },
};
