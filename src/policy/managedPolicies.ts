import { awsTypes } from "./awsTypes";
import { judgeEach } from "./judging";
import type { StackResource } from "./resource";
import { violationIf, worst, type Verdict } from "./verdict";

/** Types that give somebody a policy that stands by itself. */
export const typesThatAttach = [
  awsTypes.rolePolicyAttachment,
  awsTypes.groupPolicyAttachment,
  awsTypes.policyAttachment,
  awsTypes.userPolicyAttachment,
  awsTypes.rolePolicyAttachmentsExclusive,
  awsTypes.groupPolicyAttachmentsExclusive,
  awsTypes.userPolicyAttachmentsExclusive,
] as const;

/** Of all these types, and of a role itself. */
const propertiesThatAttach = ["policyArn", "policyArns", "managedPolicyArns"];

export function isAttachment({ type }: StackResource): boolean {
  return typesThatAttach.some((one) => one === type);
}

/** AWS's own policies are in no program: those that grant too much are known by name (AWS Managed Policy Reference). */
export function attaches(attachment: StackResource, names: readonly string[], reason: string): Verdict {
  const judge = (arn: unknown): Verdict =>
    violationIf(typeof arn === "string" && names.some((name) => arn.endsWith(`:aws:policy/${name}`)), reason);
  return worst(propertiesThatAttach.map((property) => judgeEach(attachment.props, property, judge)));
}
