import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { output, type CustomResourceOptions, type Input, type Resource } from "@pulumi/pulumi";
import { hostCidr } from "../plan/cidr";
import type { SecurityGroupRule } from "../plan/securityGroup";
import { getOrThrow } from "../resources/getOrThrow";
import type { ClientGroups } from "./clientGroups";

/** One rule of a security group, in its flow's direction. An app host's own rules name no clients. */
export function createSecurityGroupRule(
  resourceName: string,
  rule: Rule,
  given: { readonly securityGroupId: Input<string>; readonly tags: Readonly<Record<string, Input<string>>> },
  opts: CustomResourceOptions,
  clientGroups: ClientGroups = new Map(),
): Resource {
  const inputs = { ...ruleInputs(rule, clientGroups, given.securityGroupId), ...given };
  return rule.flow.direction === "ingress"
    ? new SecurityGroupIngressRule(resourceName, inputs, opts)
    : new SecurityGroupEgressRule(resourceName, inputs, opts);
}

interface RuleInputs extends PeerInputs {
  readonly ipProtocol: string;
  readonly fromPort: Input<number>;
  readonly toPort: Input<number>;
  readonly description: string;
}

interface PeerInputs {
  readonly cidrIpv4?: Input<string>;
  readonly referencedSecurityGroupId?: Input<string>;
}

type Rule = SecurityGroupRule<Input<string>, Input<number>>;

/** What it lets pass, as AWS takes it. */
function ruleInputs(rule: Rule, clientGroups: ClientGroups, ownGroup: Input<string>): RuleInputs {
  const { flow, protocol, fromPort, toPort, peer } = rule;
  return {
    ipProtocol: protocol,
    fromPort,
    toPort,
    description: flow.reason,
    ...peerInputs(peer, clientGroups, ownGroup),
  };
}

function peerInputs(peer: Rule["peer"], clientGroups: ClientGroups, ownGroup: Input<string>): PeerInputs {
  if ("cidrBlock" in peer) return { cidrIpv4: peer.cidrBlock };
  if ("address" in peer) return { cidrIpv4: output(peer.address).apply(hostCidr) };
  if ("ownGroup" in peer) return { referencedSecurityGroupId: ownGroup };
  const group = "clientGroup" in peer ? getOrThrow(clientGroups, peer.clientGroup) : peer.securityGroupId;
  return { referencedSecurityGroupId: group };
}
