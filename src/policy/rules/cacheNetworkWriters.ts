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
    "No policy of the stack lets anybody change a cache's nodes, subnets, routes or groups, or sign in to them.",
  control: "least-privilege",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: "Name your own resources instead: only pulumi up changes a cache's nodes and network.",
  note:
    "It refuses every EC2 action that does more than read, and the ways in through Systems Manager and EC2 Instance Connect. " +
    "For every resource at once (`*`), it refuses those that open or take over what is there already: " +
    `${networkTakeovers.map((action) => `\`${action}\``).join(", ")}. AWS's own policies that allow one of these are in a table (below).`,
  types: [...typesWithCustomerPolicy, ...typesWithInlinePolicy, ...typesThatAttach],
  judgeInStack(policy, stack) {
    const targets = kinds.flatMap((type) => ofCaches(stack, type));
    const reason = "allows changing the nodes or the network of a cache";
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
