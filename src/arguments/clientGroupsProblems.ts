import { cacheFlows } from "../plan/flows";
import { securityGroupRuleQuota, securityGroupRules } from "../plan/securityGroup";
import type { CacheArguments } from "./cacheArguments";
import type { Problem } from "./problems";

/** What clients' own security groups need: names for their rules, and room for these. */
export function clientGroupsProblems(given: CacheArguments<unknown>): Problem[] {
  if (given.clientSecurityGroups !== true) return [];
  const names = Object.keys(given.appSecurityGroupIds ?? {}).filter((name) => given.clients.includes(name));
  const twice = names.map((name) => ({
    path: `appSecurityGroupIds.${name}`,
    got: "the name of a client",
    allowed: "clientSecurityGroups makes a group for it, after which a rule is named: give yours another name.",
  }));
  const rules = securityGroupRules(cacheFlows(given, [])).filter(({ flow }) => flow.direction === "ingress").length;
  if (rules <= securityGroupRuleQuota) return twice;
  const got = `true, with ${rules} rules that let somebody in`;
  const allowed = `AWS allows ${securityGroupRuleQuota} in a security group: name fewer clients and groups, or make a second cache.`;
  return [...twice, { path: "clientSecurityGroups", got, allowed }];
}
