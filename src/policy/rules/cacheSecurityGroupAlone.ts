import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { names } from "../naming";
import { refersTo } from "../reference";
import { isMadeBy, ofCaches, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";
import { typesOfRules } from "./cacheSecurityGroupClosed";

/** A rule of another group may name it as its peer. */
const asPeer = /^(referencedSecurityGroupId|sourceSecurityGroupId|(ingress|egress)\.securityGroups)$/;

export const cacheSecurityGroupAlone: StackRule = {
  name: "cache-security-group-alone",
  description: "Nothing but a cache's own nodes is a member of its security group.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Use securityGroupIds of HipaaRedisClient for an app host, and a group of its own for everything else.",
  note:
    "It judges every AWS type, at any depth of its properties. Rules of other groups may name it as their peer. The groups that a " +
    "cache makes for its clients' hosts (`clientSecurityGroups`) are for these.",
  types: "aws",
  judgeInStack(resource, stack) {
    const { type } = resource;
    if (isMadeBy("HipaaRedisCache", resource) || type === awsTypes.tag) return compliant;
    const targets = ownGroups(stack);
    const except = typesOfRules.includes(type)
      ? /^(securityGroupId|referencedSecurityGroupId|sourceSecurityGroupId)$/
      : asPeer;
    return mustNot(
      names(resource, { targets, by: /securityGroups?(Ids?|Arns?)?$/i, anywhere: true, except }),
      "joins the security group of a cache",
    );
  },
};

/** Not those of clients: a cache's rules let these in, and are of none of them. */
function ownGroups(stack: readonly StackResource[]): readonly StackResource[] {
  const rules = ofCaches(stack, awsTypes.securityGroupIngressRule);
  const named = (property: string, group: StackResource): boolean =>
    rules.some((rule) => refersTo(rule, property, [group]) === "yes");
  return ofCaches(stack, awsTypes.securityGroup).filter(
    (group) => named("securityGroupId", group) || !named("referencedSecurityGroupId", group),
  );
}
