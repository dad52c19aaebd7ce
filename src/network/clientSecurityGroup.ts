import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { Connection, ConnectionNode } from "../arguments/connection";
import { clientFlows } from "../plan/clientFlows";
import type { ClientPlan } from "../plan/clientPlan";
import { securityGroupRules } from "../plan/securityGroup";
import { nameTags } from "../resources/nameTags";
import { createSecurityGroupRule } from "./securityGroupRule";

/** An app host's way to the cache, and to HTTPS. Whom it lets in is the application's matter. */
export function createClientSecurityGroup(
  plan: ClientPlan<Input<string>>,
  connection: Output<Connection>,
  vpcId: Output<string>,
  opts: CustomResourceOptions,
): { group: SecurityGroup; rules: Resource[] } {
  const group = new SecurityGroup(
    plan.name,
    {
      vpcId,
      description: `App hosts of the HIPAA Redis client ${plan.name}`,
      tags: nameTags(plan.tags, plan.name),
    },
    opts,
  );
  // All nodes have the same ports, and one that is reached by its address is the only one.
  const node = connection.apply(nodeToReach);
  const flows = clientFlows<Input<string>, Input<number>>(plan.httpsEgressCidrBlocks, {
    port: node.port,
    // A group of another VPC is known through a peering connection alone, and only once that is there.
    ...(plan.vpcId === undefined ? { securityGroupId: connection.securityGroupId } : { address: node.address }),
  });
  const rules = securityGroupRules(flows).map((rule) => {
    // There is one cache: its rule has no other to be told from.
    const resourceName = `${plan.name}-${"cidrBlock" in rule.peer ? rule.name : rule.flow.name}`;
    const tags = nameTags(plan.tags, resourceName);
    return createSecurityGroupRule(resourceName, rule, { securityGroupId: group.id, tags }, opts);
  });
  return { group, rules };
}

function nodeToReach({ client, cluster, nodes: [node] }: Connection): Pick<ConnectionNode, "address" | "port"> {
  // Of shards none is reached by its address.
  if (cluster !== undefined) return { address: "", port: cluster.port };
  if (node === undefined) throw new Error(`The connection of client ${client} has no node.`);
  return node;
}
