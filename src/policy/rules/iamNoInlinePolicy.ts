import { awsTypes } from "../awsTypes";
import { judgeEach } from "../judging";
import { isMadeByThisLibrary } from "../resource";
import type { ResourceRule } from "../rule";
import { typesWithInlinePolicy } from "../statements";
import { compliant, violation } from "../verdict";

const reason = "is a policy inside a role, user or group";

export const iamNoInlinePolicy: ResourceRule = {
  name: "iam-no-inline-policy",
  description: "Permissions are managed policies, not parts of one role, user or group.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
  remediation: "Make an aws.iam.Policy and attach it.",
  awsConfig: ["iam-no-inline-policy-check"],
  cdkNag: ["IAMNoInlinePolicy"],
  note:
    "The roles of this library's own hosts are authorised: each reads one secret, and a policy inside the role can be " +
    "attached to nothing else. `cache-role-alone` sees that nothing is added to them. An application's role is authorised " +
    "as well, and other rules judge its `appPolicies` as they do any policy.",
  types: typesWithInlinePolicy,
  judge(resource) {
    if (isMadeByThisLibrary(resource)) return compliant;
    if (resource.type !== awsTypes.role) return violation(reason);
    return judgeEach(resource.props, "inlinePolicies", () => violation(reason));
  },
};
