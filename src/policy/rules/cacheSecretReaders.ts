import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { mustNot } from "../judging";
import { attachesTakeover } from "../managedPolicies";
import { names } from "../naming";
import { refersTo } from "../reference";
import { isMadeByThisLibrary, ofCaches, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { takeovers } from "../takeovers";
import { compliant, worst, type Verdict } from "../verdict";

const reason = "allows reading or changing the secret of a cache";
const typesWithPolicy: readonly string[] = [...typesWithCustomerPolicy, ...typesWithInlinePolicy];

export const cacheSecretReaders: StackRule = {
  name: "cache-secret-readers",
  description: "No policy of the stack lets anybody but its own host read a cache's secret, or lets anybody change it.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(d)"],
  remediation:
    "Name the secrets that are needed, not those of a cache: an app host takes its role from HipaaRedisClient.",
  note:
    "AWS's own policies that allow it are in a table (below). Nothing else may name such a secret either, of whatever " +
    "AWS type: a version or a rotation writes it.",
  types: "aws",
  judgeInStack(resource, stack) {
    const secrets = ofCaches(stack, awsTypes.secret);
    if (secrets.length === 0) return compliant;
    if (resource.type === awsTypes.secretPolicy) {
      return mustNot(refersTo(resource, "secretArn", secrets), "puts a policy on the secret of a cache");
    }
    const attached = attachesTakeover(resource, "secret", secrets, reason);
    if (!typesWithPolicy.includes(resource.type)) return worst([attached, judgeNames(resource, secrets)]);
    const { read, change } = takeovers.secret;
    const stated = cacheGrant(resource, secrets, { actions: [...read, ...change], reason, everything: true });
    return worst([attached, stated]);
  },
};

function judgeNames(resource: StackResource, targets: readonly StackResource[]): Verdict {
  if (isMadeByThisLibrary(resource) || resource.type.startsWith("aws:cloudwatch/")) return compliant;
  return mustNot(
    names(resource, { targets, by: /secret(Ids?|Arns?)$/i, anywhere: false }),
    "uses the secret of a cache",
  );
}
