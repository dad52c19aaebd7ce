import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

/** What a security group lets through, apart from the group itself. */
export const typesOfRules: readonly string[] = [
  awsTypes.securityGroupIngressRule,
  awsTypes.securityGroupEgressRule,
  awsTypes.securityGroupRule,
  awsTypes.vpcSecurityGroupRulesExclusive,
];

export const cacheSecurityGroupClosed: StackRule = {
  name: "cache-security-group-closed",
  description: "Nothing adds a rule to a cache's security group.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Use appCidrBlocks, appSecurityGroupIds, bastionCidrBlocks or bastionSecurityGroupIds of HipaaRedisCache.",
  types: typesOfRules,
  judgeInStack: (rule, stack) =>
    isMadeBy("HipaaRedisCache", rule)
      ? compliant
      : mustNot(
          refersTo(rule, "securityGroupId", ofCaches(stack, awsTypes.securityGroup)),
          "adds a rule to the security group of a cache",
        ),
};
