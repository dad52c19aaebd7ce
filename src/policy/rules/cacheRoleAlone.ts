import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { mustNot } from "../judging";
import { isAttachment, typesThatAttach } from "../managedPolicies";
import { anyRefersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { takeovers } from "../takeovers";
import { compliant, worst } from "../verdict";

export const cacheRoleAlone: StackRule = {
  name: "cache-role-alone",
  description: "Nothing adds permissions to the role of a cache's node, or lets anybody take it.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Remove it: a node reads its one secret and does nothing else on AWS.",
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy, ...typesThatAttach],
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource)) return compliant;
    const roles = ofCaches(stack, awsTypes.role);
    const adds = mustNot(
      anyRefersTo(resource, ["role", "roles", "roleName"], roles),
      "adds permissions to the role of a cache's node",
    );
    if (isAttachment(resource)) return adds;
    const reason = "allows to take over the role of a cache's node";
    return worst([adds, cacheGrant(resource, roles, { actions: takeovers.role, reason, everything: true })]);
  },
};
