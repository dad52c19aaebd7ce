import { output, type Input } from "@pulumi/pulumi";
import { hostCidr } from "../plan/cidr";
import type { SecurityGroupRule } from "../plan/securityGroup";
import { getOrThrow } from "../resources/getOrThrow";
import type { ClientGroups } from "./clientGroups";

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

/** What a rule lets pass, as AWS takes it. An app host's own rules name no clients. */
export function securityGroupInputs(rule: Rule, clientGroups: ClientGroups = new Map()): RuleInputs {
  const { flow, protocol, fromPort, toPort, peer } = rule;
  return { ipProtocol: protocol, fromPort, toPort, description: flow.reason, ...peerInputs(peer, clientGroups) };
}

function peerInputs(peer: Rule["peer"], clientGroups: ClientGroups): PeerInputs {
  if ("cidrBlock" in peer) return { cidrIpv4: peer.cidrBlock };
  if ("address" in peer) return { cidrIpv4: output(peer.address).apply(hostCidr) };
  const group = "clientGroup" in peer ? getOrThrow(clientGroups, peer.clientGroup) : peer.securityGroupId;
  return { referencedSecurityGroupId: group };
}
