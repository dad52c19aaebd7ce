import type { Cidr } from "./cidr";
import type { Flow } from "./flows";

/** One rule of the node's security group: a network, or a security group by its index in the flow's list. */
export interface SecurityGroupRule {
  /** Stable, part of the resource's name. */
  readonly name: string;
  readonly flow: Flow;
  readonly peer: { readonly cidrBlock: Cidr } | { readonly securityGroupIndex: number };
}

/**
 * The rules that flows need. Security groups are stateful: only the way there is named. Where the caller names
 * security groups for a flow, those alone are let in (and the network ACL still holds their networks).
 */
export function securityGroupRules(flows: readonly Flow[]): SecurityGroupRule[] {
  return flows.flatMap((flow) => (flow.securityGroupCount > 0 ? groupRules(flow) : networkRules(flow)));
}

function groupRules(flow: Flow): SecurityGroupRule[] {
  return Array.from({ length: flow.securityGroupCount }, (_, securityGroupIndex) => ({
    name: `${flow.name}-group-${securityGroupIndex}`,
    flow,
    peer: { securityGroupIndex },
  }));
}

function networkRules(flow: Flow): SecurityGroupRule[] {
  return flow.cidrBlocks.map((cidrBlock) => ({
    name: `${flow.name}-${cidrBlock.replace("/", "-")}`,
    flow,
    peer: { cidrBlock },
  }));
}
