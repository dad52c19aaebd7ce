import type { ResourceRule } from "../rule";
import {
  allowsEveryAction,
  allowsWholeService,
  judgeStatements,
  typesWithCustomerPolicy,
  typesWithInlinePolicy,
} from "../statements";
import { violation, worst } from "../verdict";

export const iamNoFullAccess: ResourceRule = {
  name: "iam-policy-no-full-access",
  description: "No policy of the program's own allows every action of a service.",
  control: "least-privilege",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
  remediation: "Name the actions that are needed.",
  awsConfig: ["iam-policy-no-statements-with-full-access"],
  cdkNag: ["IAMPolicyNoStatementsWithFullAccess"],
  note: "AWS's own policies are judged by what they let anybody do to a cache (below).",
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy],
  judge: (resource) =>
    judgeStatements(resource, ({ actions }) =>
      worst(
        actions
          .filter((action) => allowsWholeService(action) && !allowsEveryAction(action))
          .map((action) => violation(`allows ${action}`)),
      ),
    ),
};
