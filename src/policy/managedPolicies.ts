import { awsTypes } from "./awsTypes";
import { judgeValue } from "./judging";
import type { StackResource } from "./resource";
import type { Verdict } from "./verdict";

/** Types that give somebody a policy that stands by itself. */
export const typesThatAttach = [
  awsTypes.rolePolicyAttachment,
  awsTypes.groupPolicyAttachment,
  awsTypes.policyAttachment,
  awsTypes.userPolicyAttachment,
] as const;

export function isAttachment({ type }: StackResource): boolean {
  return typesThatAttach.some((one) => one === type);
}

/** AWS's own policies are in no program: those that grant too much are known by name (AWS Managed Policy Reference). */
export function attaches(attachment: StackResource, names: readonly string[], reason: string): Verdict {
  return judgeValue(attachment.props, "policyArn", (arn) =>
    typeof arn === "string" && names.some((name) => arn.endsWith(`:aws:policy/${name}`)) ? reason : undefined,
  );
}
