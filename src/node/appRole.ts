import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { output, type CustomResourceOptions, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { appPolicyName, appRoleName } from "../plan/appRoleNames";
import type { AppRolePlan } from "../plan/clientPlan";
import { takeOneRole, trustRole } from "../plan/hostPolicy";
import { nameTags, type Tags } from "../resources/nameTags";

/** What an application is to AWS. */
export interface AppRole {
  readonly arn: Output<string>;
  /** What has to be there before a host can take the role, and the role can do what it is for. */
  readonly policies: readonly Resource[];
}

/** Lets a host take the role of its application, which is given or made. */
export function createAppRole(
  client: { readonly name: string; readonly hostRole: Role; readonly tags: Tags },
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
  client: { readonly name: string; readonly hostRole: Role; readonly tags: Tags },
  documents: Readonly<Record<string, Input<string>>>,
  opts: CustomResourceOptions,
): AppRole {
  const { name, hostRole, tags } = client;
  const role = new Role(
    appRoleName(name),
    {
      assumeRolePolicy: hostRole.arn.apply((arn) => JSON.stringify(trustRole(arn))),
      tags: nameTags(tags, appRoleName(name)),
    },
    opts,
  );
  const policies = Object.entries(documents).map(
    ([policy, document]) => new RolePolicy(appPolicyName(name, policy), { role: role.id, policy: document }, opts),
  );
  return { arn: role.arn, policies };
}
