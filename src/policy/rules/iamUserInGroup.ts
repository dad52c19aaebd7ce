import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import type { StackRule } from "../rule";

export const iamUserInGroup: StackRule = {
  name: "iam-user-in-group",
  description: "Each user is in a group.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
  remediation: "Add an aws.iam.UserGroupMembership.",
  cdkNag: ["IAMUserGroupMembership"],
  types: [awsTypes.user],
  judgeInStack: (user, stack) =>
    someMust(
      [
        ...ofTypes(stack, [awsTypes.userGroupMembership]).map((one) => refersTo(one, "user", [user], ["name", "id"])),
        ...ofTypes(stack, [awsTypes.groupMembership]).map((one) => refersTo(one, "users", [user], ["name", "id"])),
      ],
      "is in no group",
    ),
};
