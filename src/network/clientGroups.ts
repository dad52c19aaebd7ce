import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { CachePlan } from "../plan/cachePlan";
import { nameTags } from "../resources/nameTags";

/** By client, where the plan has them: an empty group for its hosts, which the rules of the cache's own name as their peer. */
export type ClientGroups = ReadonlyMap<string, Output<string>>;

export function createClientGroups(plan: CachePlan<Input<string>>, opts: CustomResourceOptions): ClientGroups {
  const clients = plan.clientSecurityGroups ? plan.clients : [];
  return new Map(
    clients.map(({ client }) => {
      const name = `${plan.name}-client-${client}`;
      const description = `App hosts of client ${client} of the HIPAA Redis cache ${plan.name}`;
      const tags = nameTags(plan.tags, name);
      return [client, new SecurityGroup(name, { vpcId: plan.vpcId, description, tags }, opts).id];
    }),
  );
}
