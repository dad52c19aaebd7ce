import { awsTypes } from "../awsTypes";
import { mustNot } from "../judging";
import { leavesOf } from "../leaves";
import { names } from "../naming";
import { isMadeBy, ofCaches, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant } from "../verdict";

const typesThatWatch: readonly string[] = [
  awsTypes.flowLog,
  awsTypes.tag,
  awsTypes.dashboard,
  awsTypes.compositeAlarm,
  awsTypes.metricAlarm,
];

/** Who only watches a node does nothing to it. An alarm may stop, reboot or end it by EC2's own actions, or run a command by SSM's. */
function watches({ type, props }: StackResource): boolean {
  const acts = leavesOf(props, "").some(
    ({ path, value }) => path.endsWith("Actions") && typeof value === "string" && /:(ec2|ssm|swf):/.test(value),
  );
  return typesThatWatch.includes(type) && !acts;
}

export const cacheNodeAlone: StackRule = {
  name: "cache-node-alone",
  description: "Nothing is attached to a cache's nodes or their network interfaces, or refers to them by id.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it: a node has one network interface, one group and no disk but its own.",
  note:
    "It refuses further groups, interfaces, addresses, volumes, images, traffic mirrors and load balancers' targets. " +
    "Alarms that only notify, dashboards and flow logs may name a node.",
  types: "aws",
  judgeInStack(resource, stack) {
    if (isMadeBy("HipaaRedisCache", resource) || watches(resource)) return compliant;
    const targets = [...ofCaches(stack, awsTypes.instance), ...ofCaches(stack, awsTypes.networkInterface)];
    return mustNot(
      names(resource, {
        targets,
        by: /(instances?|networkInterfaces?|targets?|eni)(Ids?)?$/i,
        anywhere: true,
      }),
      "refers to a node of a cache",
    );
  },
};
