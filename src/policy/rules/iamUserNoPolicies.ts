import { awsTypes } from "../awsTypes";
import { listAt, notKnown } from "../resource";
import type { ResourceRule } from "../rule";
import { undecided, violation, violationIf } from "../verdict";

export const iamUserNoPolicies: ResourceRule = {
  name: "iam-user-no-policies",
  description: "Users get their permissions from groups or roles.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
  remediation: "Attach the policy to a group or a role.",
  awsConfig: ["iam-user-no-policies-check"],
  cdkNag: ["IAMUserNoPolicies"],
  note: "`iam-no-inline-policy` judges a policy inside a user.",
  types: [awsTypes.userPolicyAttachment, awsTypes.userPolicyAttachmentsExclusive, awsTypes.policyAttachment],
  judge({ type, props }) {
    const reason = "attaches a policy to a user";
    if (type === awsTypes.userPolicyAttachment) return violation(reason);
    if (type === awsTypes.userPolicyAttachmentsExclusive) {
      const arns = listAt(props, "policyArns");
      return arns === notKnown ? undecided("policyArns is not known yet") : violationIf(arns.length > 0, reason);
    }
    const users = listAt(props, "users");
    return users === notKnown ? undecided("users is not known yet") : violationIf(users.length > 0, reason);
  },
};
