import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";

const kinds = [
  ...[awsTypes.instance, awsTypes.networkInterface, awsTypes.securityGroup],
  ...[awsTypes.subnet, awsTypes.routeTable, awsTypes.networkAcl],
];

export const cacheNetworkWriters: StackRule = {
  name: "cache-network-writers",
  description:
    "No policy of the stack names a cache's nodes, subnets, routes or groups to change them, or to sign in to them.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Name what is your own: a cache's nodes and network change by pulumi up alone.",
  note:
    "Every action of EC2's but those that read, and the ways in through Systems Manager and EC2 Instance Connect. " +
    "Every resource at once (`*`) is left to the rules that AWS Config has for it.",
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy],
  judgeInStack(policy, stack) {
    const targets = kinds.flatMap((type) => ofCaches(stack, type));
    const reason = "allows to change the nodes or the network of a cache";
    return cacheGrant(policy, targets, { actions: changes, reason, everything: false });
  },
};

/** By service and verb: AWS names its actions that read by these. */
function changes(pattern: string): boolean {
  return /^(ec2:(?!describe|get|list|search)|ssm:(s|\*)|ec2-instance-connect:)/i.test(pattern);
}
