import { awsTypes } from "./awsTypes";
import { judgeEach } from "./judging";
import { awsManagedPolicies } from "./awsManagedPolicies";
import { asGiven, isMadeByThisLibrary, type StackResource } from "./resource";
import { compliant, violationIf, worst, type Verdict } from "./verdict";

/** Types that give somebody a policy that stands by itself. */
export const typesThatAttach = [
  awsTypes.rolePolicyAttachment,
  awsTypes.groupPolicyAttachment,
  awsTypes.policyAttachment,
  awsTypes.userPolicyAttachment,
  awsTypes.rolePolicyAttachmentsExclusive,
  awsTypes.groupPolicyAttachmentsExclusive,
  awsTypes.userPolicyAttachmentsExclusive,
  awsTypes.ssoManagedPolicyAttachment,
] as const;

/** Of all these types, and of a role itself, in `aws` and in `aws-native`. */
const propertiesThatAttach = ["policyArn", "policyArns", "managedPolicyArn", "managedPolicyArns"];

export function isAttachment({ type }: StackResource): boolean {
  return typesThatAttach.some((one) => one === type);
}

/** What a policy of AWS's own lets somebody do to every cache of an account. */
export type Takeover = keyof typeof awsManagedPolicies;

/** AWS's own policies are in no program: those that let somebody take over what is a cache's are in a table. */
export function attachesTakeover(
  attachment: StackResource,
  takeover: Takeover,
  targets: readonly StackResource[],
  reason: string,
): Verdict {
  return targets.length === 0 || isMadeByThisLibrary(attachment)
    ? compliant
    : attaches(asGiven(attachment), awsManagedPolicies[takeover], `attaches an AWS managed policy that ${reason}`);
}

/** Those that grant too much are known by name. */
export function attaches(attachment: StackResource, names: readonly string[], reason: string): Verdict {
  const judge = (arn: unknown): Verdict =>
    violationIf(typeof arn === "string" && names.some((name) => arn.endsWith(`:aws:policy/${name}`)), reason);
  return worst(propertiesThatAttach.map((property) => judgeEach(attachment.props, property, judge)));
}
