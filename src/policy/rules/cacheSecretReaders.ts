import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { mustNot } from "../judging";
import { attaches, isAttachment, typesThatAttach } from "../managedPolicies";
import { refersTo } from "../reference";
import { asGiven, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { takeovers } from "../takeovers";
import { compliant, worst } from "../verdict";

const reason = "allows to read or change the secret of a cache";
const readEverySecret = ["SecretsManagerReadWrite", "PowerUserAccess"];

export const cacheSecretReaders: StackRule = {
  name: "cache-secret-readers",
  description:
    "No policy of the stack lets anybody but its own host read a cache's secret, or anybody change it.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(d)"],
  remediation:
    "Name the secrets that are needed, not those of a cache: an app host takes its role from HipaaRedisClient.",
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy, awsTypes.secretPolicy, ...typesThatAttach],
  note: "AWS's own SecretsManagerReadWrite and PowerUserAccess are known by name.",
  judgeInStack(resource, stack) {
    const secrets = ofCaches(stack, awsTypes.secret);
    if (resource.type === awsTypes.secretPolicy) {
      return mustNot(refersTo(resource, "secretArn", secrets), "puts a policy on the secret of a cache");
    }
    const named = secrets.length === 0 ? compliant : attaches(asGiven(resource), readEverySecret, reason);
    if (isAttachment(resource)) return named;
    const { read, change } = takeovers.secret;
    const stated = cacheGrant(resource, secrets, { actions: [...read, ...change], reason, everything: true });
    return worst([named, stated]);
  },
};
