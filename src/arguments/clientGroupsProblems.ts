import { cacheFlows } from "../plan/flows";
import { securityGroupRuleQuota, securityGroupRules } from "../plan/securityGroup";
import type { CacheArguments } from "./cacheArguments";
import type { Problem } from "./problems";

/** What the rules of the cache's security group need: names of their own, and room. */
export function clientGroupsProblems(given: CacheArguments<unknown>): Problem[] {
  return [...(given.clientSecurityGroups === true ? namesOfClients(given) : []), ...roomProblems(given)];
}

function namesOfClients(given: CacheArguments<unknown>): Problem[] {
  const names = Object.keys(given.appSecurityGroupIds ?? {}).filter((name) => given.clients.includes(name));
  return names.map((name) => ({
    path: `appSecurityGroupIds.${name}`,
    got: "the name of a client",
    allowed: "clientSecurityGroups makes a group for it, after which a rule is named: give yours another name.",
  }));
}

function roomProblems(given: CacheArguments<unknown>): Problem[] {
  const rules = securityGroupRules(cacheFlows(given, [], [])).filter(({ flow }) => flow.direction === "ingress").length;
  if (rules <= securityGroupRuleQuota) return [];
  const { clientSecurityGroups, appSecurityGroupIds = {}, bastionSecurityGroupIds = {} } = given;
  const ofApps = Object.keys(appSecurityGroupIds).length >= Object.keys(bastionSecurityGroupIds).length;
  const [path, what] =
    clientSecurityGroups === true
      ? ["clientSecurityGroups", "true, with"]
      : [ofApps ? "appSecurityGroupIds" : "bastionSecurityGroupIds", "groups that make"];
  const got = `${what} ${rules} rules that let somebody in`;
  const allowed = `AWS allows ${securityGroupRuleQuota} in a security group: name fewer clients and groups, or make a second cache.`;
  return [{ path, got, allowed }];
}
