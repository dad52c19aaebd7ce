import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { mustNot } from "../judging";
import { attachesTakeover, typesThatAttach } from "../managedPolicies";
import { names } from "../naming";
import { isMadeBy, ofCaches, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { takeovers } from "../takeovers";
import { compliant, worst, type Verdict } from "../verdict";

const typesThatAdd: readonly string[] = [...typesThatAttach, awsTypes.rolePolicy, awsTypes.rolePoliciesExclusive];
const typesWithPolicy: readonly string[] = [...typesWithCustomerPolicy, ...typesWithInlinePolicy];

export const cacheRoleAlone: StackRule = {
  name: "cache-role-alone",
  description: "Nothing adds permissions to the role of a cache's node, or takes it, or lets anybody take it.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Remove it: a node reads its one secret and does nothing else on AWS.",
  note: "It judges every AWS type that names the role or its instance profile: instances, templates, functions and profiles too. AWS's own policies that let somebody take it are in a table (below).",
  types: "aws",
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource)) return compliant;
    const roles = ofCaches(stack, awsTypes.role);
    const reason = "allows taking over the role of a cache's node";
    const named = worst([
      judgeNames(resource, roles, ofCaches(stack, awsTypes.instanceProfile)),
      attachesTakeover(resource, "role", roles, reason),
    ]);
    if (!typesWithPolicy.includes(resource.type)) return named;
    return worst([named, cacheGrant(resource, roles, { actions: takeovers.role, reason, everything: true })]);
  },
};

function judgeNames(
  resource: StackResource,
  roles: readonly StackResource[],
  profiles: readonly StackResource[],
): Verdict {
  const does = typesThatAdd.includes(resource.type) ? "adds permissions to" : "takes";
  const role = names(resource, { targets: roles, by: /role(s|Name|Arn)?$/i, anywhere: false });
  const profile = names(resource, { targets: profiles, by: /instanceProfile/i, anywhere: false });
  return worst([role, profile].map((answer) => mustNot(answer, `${does} the role of a cache's node`)));
}
