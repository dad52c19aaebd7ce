import { attaches, isAttachment, typesThatAttach } from "../managedPolicies";
import type { ResourceRule } from "../rule";
import { allowsEveryAction, judgeStatements, typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { violationIf, worst } from "../verdict";

const reason = "allows every action";

export const iamNoAdminAccess: ResourceRule = {
  name: "iam-policy-no-admin-access",
  description: "No policy allows every action.",
  control: "least-privilege",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
  remediation: "Name the actions that are needed.",
  awsConfig: ["iam-policy-no-statements-with-admin-access"],
  cdkNag: ["IAMPolicyNoStatementsWithAdminAccess"],
  note: "Every action is too much, on whatever resources; AWS's own AdministratorAccess is known by name.",
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy, ...typesThatAttach],
  judge(resource) {
    const named = attaches(resource, ["AdministratorAccess"], reason);
    if (isAttachment(resource)) return named;
    const stated = judgeStatements(resource, ({ actions }) => violationIf(actions.some(allowsEveryAction), reason));
    return worst([named, stated]);
  },
};
