import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import type { StackRule } from "../rule";

export const iamGroupHasUsers: StackRule = {
  name: "iam-group-has-users",
  description: "Each group has a user.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.308(a)(4)(ii)(C)", "164.312(a)(1)"],
  remediation: "Add a user with an aws.iam.UserGroupMembership, or remove the group.",
  cdkNag: ["IAMGroupHasUsers"],
  types: [awsTypes.group],
  judgeInStack: (group, stack) =>
    someMust(
      [
        ...ofTypes(stack, [awsTypes.userGroupMembership]).map((one) =>
          refersTo(one, "groups", [group], ["name", "id"]),
        ),
        ...ofTypes(stack, [awsTypes.groupMembership]).map((one) => refersTo(one, "group", [group], ["name", "id"])),
      ],
      "has no user",
    ),
};
