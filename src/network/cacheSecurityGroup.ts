import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { HipaaRedisCacheArgs } from "../args";
import type { CachePlan } from "../plan/cachePlan";
import type { Flow } from "../plan/flows";
import type { SecurityGroupRule } from "../plan/securityGroup";
import { nameTags } from "./naming";

export interface CacheSecurityGroup {
  readonly group: SecurityGroup;
  readonly rules: Resource[];
}

/** The nodes' security group, with a rule for each peer of each flow and no other. */
export function createCacheSecurityGroup(
  plan: CachePlan,
  args: HipaaRedisCacheArgs,
  opts: CustomResourceOptions,
): CacheSecurityGroup {
  const group = new SecurityGroup(
    plan.name,
    {
      vpcId: args.vpcId,
      description: `Nodes of the HIPAA Redis cache ${plan.name}`,
      tags: nameTags(args.tags, plan.name),
    },
    opts,
  );
  const rules = plan.securityGroupRules.map((rule) => createRule(plan.name, group.id, rule, args, opts));
  return { group, rules };
}

function createRule(
  name: string,
  securityGroupId: Input<string>,
  rule: SecurityGroupRule,
  args: HipaaRedisCacheArgs,
  opts: CustomResourceOptions,
): Resource {
  const { flow, peer } = rule;
  const inputs = {
    securityGroupId,
    ipProtocol: flow.protocol,
    fromPort: flow.port,
    toPort: flow.port,
    description: flow.reason,
    tags: nameTags(args.tags, `${name}-${flow.name}`),
    ...("cidrBlock" in peer
      ? { cidrIpv4: peer.cidrBlock }
      : { referencedSecurityGroupId: groupsOf(flow, args)[peer.securityGroupIndex] }),
  };
  const resourceName = `${name}-${rule.name}`;
  return flow.direction === "ingress"
    ? new SecurityGroupIngressRule(resourceName, inputs, opts)
    : new SecurityGroupEgressRule(resourceName, inputs, opts);
}

function groupsOf(flow: Flow, args: HipaaRedisCacheArgs): readonly Input<string>[] {
  switch (flow.name) {
    case "apps-to-redis":
      return args.appSecurityGroupIds ?? [];
    case "bastions-to-ssh":
      return args.bastionSecurityGroupIds ?? [];
    case "node-to-https":
      return [];
  }
}
