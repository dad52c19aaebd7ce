import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { CachePlan } from "../plan/cachePlan";
import { nameTags } from "../resources/nameTags";
import type { ClientGroups } from "./clientGroups";
import { createSecurityGroupRule } from "./securityGroupRule";

export interface CacheSecurityGroup {
  readonly group: SecurityGroup;
  readonly rules: Resource[];
}

/** The nodes' security group, with a rule for each peer of each flow and no other. */
export function createCacheSecurityGroup(
  plan: CachePlan<Input<string>>,
  clientGroups: ClientGroups,
  opts: CustomResourceOptions,
): CacheSecurityGroup {
  const group = new SecurityGroup(
    plan.name,
    {
      vpcId: plan.vpcId,
      description: `Nodes of the HIPAA Redis cache ${plan.name}`,
      tags: nameTags(plan.tags, plan.name),
    },
    opts,
  );
  const rules = plan.securityGroupRules.map((rule) => {
    const inputs = { securityGroupId: group.id, tags: nameTags(plan.tags, `${plan.name}-${rule.flow.name}`) };
    return createSecurityGroupRule(`${plan.name}-${rule.name}`, rule, inputs, opts, clientGroups);
  });
  return { group, rules };
}
