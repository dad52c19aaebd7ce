import type { Cidr } from "./cidr";
import type { Flow } from "./flows";

/** One rule of the node's security group: a network, a security group of the caller's, or that of a client. */
export interface SecurityGroupRule<Leaf = unknown> {
  /**
   * Stable, part of the resource's name. It names the peer and not its place in a list: else to take one off a list would
   * change another's rule into what the next one is, which AWS refuses as a duplicate (EC2, InvalidPermission.Duplicate).
   */
  readonly name: string;
  readonly flow: Flow<Leaf>;
  readonly peer: { readonly cidrBlock: Cidr } | { readonly securityGroupId: Leaf } | { readonly clientGroup: string };
}

/** AWS's default quota of rules in each direction of a security group (VPC User Guide, "Amazon VPC quotas"). */
export const securityGroupRuleQuota = 60;

/**
 * The rules that flows need. Security groups are stateful: only the way there is named. Where the caller names
 * security groups for a flow, or clients have theirs, those alone are let in (and the network ACL still holds their networks).
 */
export function securityGroupRules<Leaf>(flows: readonly Flow<Leaf>[]): SecurityGroupRule<Leaf>[] {
  return flows.flatMap((flow) => {
    const rules = [...groupRules(flow), ...clientRules(flow)];
    return rules.length > 0 ? rules : networkRules(flow);
  });
}

function groupRules<Leaf>(flow: Flow<Leaf>): SecurityGroupRule<Leaf>[] {
  return flow.securityGroups.map(({ name, id }) => ({
    name: `${flow.name}-${name}`,
    flow,
    peer: { securityGroupId: id },
  }));
}

function clientRules<Leaf>(flow: Flow<Leaf>): SecurityGroupRule<Leaf>[] {
  return (flow.clientGroups ?? []).map((client) => ({
    name: `${flow.name}-${client}`,
    flow,
    peer: { clientGroup: client },
  }));
}

function networkRules<Leaf>(flow: Flow<Leaf>): SecurityGroupRule<Leaf>[] {
  return flow.cidrBlocks.map((cidrBlock) => ({
    name: `${flow.name}-${cidrBlock.replace("/", "-")}`,
    flow,
    peer: { cidrBlock },
  }));
}
