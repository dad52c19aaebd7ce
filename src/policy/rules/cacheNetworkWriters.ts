import { awsTypes } from "../awsTypes";
import { cacheGrant } from "../cacheGrant";
import { attachesTakeover, isAttachment, typesThatAttach } from "../managedPolicies";
import { networkTakeovers } from "../networkTakeovers";
import { ofCaches } from "../resource";
import type { StackRule } from "../rule";
import { typesWithCustomerPolicy, typesWithInlinePolicy } from "../statements";
import { worst } from "../verdict";

const kinds = [
  awsTypes.instance,
  awsTypes.networkInterface,
  awsTypes.securityGroup,
  awsTypes.subnet,
  awsTypes.routeTable,
  awsTypes.networkAcl,
];

export const cacheNetworkWriters: StackRule = {
  name: "cache-network-writers",
  description:
    "No policy of the stack allows to change a cache's nodes, subnets, routes or groups, or to sign in to them.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Name what is your own: a cache's nodes and network change by pulumi up alone.",
  note:
    "Every action of EC2's but those that read, and the ways in through Systems Manager and EC2 Instance Connect. " +
    "On every resource at once (`*`) those that open or take over what is there already: " +
    `${networkTakeovers.map((action) => `\`${action}\``).join(", ")}. AWS's own policies that allow one of these are in a table (below).`,
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy, ...typesThatAttach],
  judgeInStack(policy, stack) {
    const targets = kinds.flatMap((type) => ofCaches(stack, type));
    const reason = "allows to change the nodes or the network of a cache";
    const attached = attachesTakeover(policy, "network", targets, reason);
    if (isAttachment(policy)) return attached;
    return worst([
      attached,
      cacheGrant(policy, targets, { actions: changes, reason, everything: false }),
      cacheGrant(policy, targets, { actions: networkTakeovers, reason, everything: true }),
    ]);
  },
};

/** By service and verb: AWS names its actions that read by these. */
function changes(pattern: string): boolean {
  return /^(ec2:(?!describe|get|list|search)|ssm:(s|\*)|ec2-instance-connect:)/i.test(pattern);
}
