import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { anyRefersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheRoleAlone: StackRule = {
  name: "cache-role-alone",
  description: "Nothing adds permissions to the role of a cache's node.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Remove it: a node reads its one secret and does nothing else on AWS.",
  types: [awsTypes.rolePolicy, awsTypes.rolePolicyAttachment, awsTypes.policyAttachment],
  judgeInStack: (resource, stack) =>
    isMadeBy("HipaaRedisCache", resource)
      ? compliant
      : mustNot(
          anyRefersTo(resource, ["role", "roles"], ofCaches(stack, awsTypes.role)),
          "adds permissions to the role of a cache's node",
        ),
};
