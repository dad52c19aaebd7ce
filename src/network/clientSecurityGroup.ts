import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { Connection } from "../arguments/connection";
import type { ClientPlan } from "../plan/clientPlan";
import { nameTags } from "../resources/nameTags";

/** An app host's way to the cache's group, and to HTTPS. It lets nothing in: that is the application's matter. */
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
  const rules = plan.flows.map(({ name, protocol, port, peer, reason }) => {
    const resourceName = `${plan.name}-${name}`;
    const inputs = {
      securityGroupId: group.id,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
      description: reason,
      tags: nameTags(plan.tags, resourceName),
      ...(peer === "cache" ? toCache(plan, connection) : { cidrIpv4: peer.cidrBlock }),
    };
    return new SecurityGroupEgressRule(resourceName, inputs, opts);
  });
  return { group, rules };
}

/** A group of another VPC is known through a peering connection alone, and only once that is there: there it is the address. */
function toCache(
  { vpcId }: ClientPlan<Input<string>>,
  { securityGroupId, nodes }: Output<Connection>,
): { cidrIpv4: Output<string> } | { referencedSecurityGroupId: Output<string> } {
  if (vpcId === undefined) return { referencedSecurityGroupId: securityGroupId };
  return { cidrIpv4: nodes.apply(([node]) => `${node?.address ?? ""}/32`) };
}
