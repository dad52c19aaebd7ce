import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { CachePlan } from "../plan/cachePlan";
import type { SecurityGroupRule } from "../plan/securityGroup";
import { nameTags } from "../resources/nameTags";
import type { ClientGroups } from "./clientGroups";
import { securityGroupInputs } from "./securityGroupInputs";

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
  const rules = plan.securityGroupRules.map((rule) => createRule(plan, group.id, rule, clientGroups, opts));
  return { group, rules };
}

function createRule(
  { name, tags }: CachePlan<Input<string>>,
  securityGroupId: Input<string>,
  rule: SecurityGroupRule<Input<string>>,
  clientGroups: ClientGroups,
  opts: CustomResourceOptions,
): Resource {
  const { flow } = rule;
  const tagged = nameTags(tags, `${name}-${flow.name}`);
  const inputs = { ...securityGroupInputs(rule, clientGroups), securityGroupId, tags: tagged };
  const resourceName = `${name}-${rule.name}`;
  return flow.direction === "ingress"
    ? new SecurityGroupIngressRule(resourceName, inputs, opts)
    : new SecurityGroupEgressRule(resourceName, inputs, opts);
}
