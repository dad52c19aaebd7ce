import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { all, output, type CustomResourceOptions, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { policyLengthProblems } from "../arguments/appRoleProblems";
import { throwIfAny } from "../arguments/problems";
import { appPolicyName, appRoleName } from "../plan/appRoleNames";
import type { AppRolePlan } from "../plan/clientPlan";
import { takeOneRole, trustRole } from "../plan/hostPolicy";
import { getOrThrow } from "../resources/getOrThrow";
import { nameTags, type Tags } from "../resources/nameTags";

/** What an application is to AWS. */
export interface AppRole {
  readonly arn: Output<string>;
  /** What has to be there before a host can take the role, and the role can do what it is for. */
  readonly policies: readonly Resource[];
}

/** Whose application it is. */
interface Client {
  readonly name: string;
  /** As refusals name it. */
  readonly component: string;
  readonly hostRole: Role;
  readonly tags: Tags;
}

/** Lets a host take the role of its application, which is given or made. */
export function createAppRole(
  client: Client,
  planned: AppRolePlan<Input<string>>,
  opts: CustomResourceOptions,
): AppRole {
  const { arn, policies } =
    "arn" in planned ? { arn: output(planned.arn), policies: [] } : makeRole(client, planned.policies, opts);
  const mayTake = new RolePolicy(
    appRoleName(client.name),
    { role: client.hostRole.id, policy: arn.apply((known) => JSON.stringify(takeOneRole(known))) },
    opts,
  );
  return { arn, policies: [mayTake, ...policies] };
}

function makeRole(
  client: Client,
  documents: Readonly<Record<string, Input<string>>>,
  opts: CustomResourceOptions,
): AppRole {
  const { name, component, hostRole, tags } = client;
  const role = new Role(
    appRoleName(name),
    {
      assumeRolePolicy: hostRole.arn.apply((arn) => JSON.stringify(trustRole(arn))),
      tags: nameTags(tags, appRoleName(name)),
    },
    opts,
  );
  // Only all of them together tell whether IAM takes them.
  const known = all(documents).apply((each) => {
    throwIfAny(component, policyLengthProblems("appPolicies", each));
    return new Map(Object.entries(each));
  });
  const policies = Object.keys(documents).map((policy) => {
    const document = known.apply((each) => getOrThrow(each, policy));
    return new RolePolicy(appPolicyName(name, policy), { role: role.id, policy: document }, opts);
  });
  return { arn: role.arn, policies };
}
