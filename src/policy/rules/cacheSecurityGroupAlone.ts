import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { anyRefersTo } from "../reference";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

export const cacheSecurityGroupAlone: StackRule = {
  name: "cache-security-group-alone",
  description: "Nothing but a cache's own nodes is a member of its security group.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Use securityGroupId of HipaaRedisClient for an app host, and a group of its own for everything else.",
  types: [awsTypes.instance, awsTypes.networkInterface, awsTypes.networkInterfaceSecurityGroupAttachment],
  judgeInStack: (resource, stack) =>
    isMadeBy("HipaaRedisCache", resource)
      ? compliant
      : mustNot(
          anyRefersTo(
            resource,
            ["vpcSecurityGroupIds", "securityGroups", "securityGroupId"],
            ofCaches(stack, awsTypes.securityGroup),
          ),
          "joins the security group of a cache",
        ),
};
