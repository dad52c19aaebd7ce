import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { names } from "../naming";
import { isMadeBy, ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

/** Who only watches a node does nothing to it. */
function watches(type: string): boolean {
  return type === awsTypes.flowLog || type === awsTypes.tag || type.startsWith("aws:cloudwatch/");
}

export const cacheNodeAlone: StackRule = {
  name: "cache-node-alone",
  description:
    "Nothing is attached to a cache's nodes or their network interfaces, or reaches for them by id.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it: a node has one network interface, one group and no disk but its own.",
  note:
    "Further groups, interfaces, addresses, volumes, images, mirrors of traffic and targets of load balancers. " +
    "Alarms and dashboards of CloudWatch and flow logs may name a node.",
  types: "aws",
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource) || watches(resource.type)) return compliant;
    const targets = [...ofCaches(stack, awsTypes.instance), ...ofCaches(stack, awsTypes.networkInterface)];
    return mustNot(
      names(resource, {
        targets,
        by: /(instances?|networkInterfaces?|targets?|eni)(Ids?)?$/i,
        anywhere: true,
      }),
      "reaches for a node of a cache",
    );
  },
};
