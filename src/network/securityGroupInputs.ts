import type { Input } from "@pulumi/pulumi";
import type { SecurityGroupRule } from "../plan/securityGroup";

interface RuleInputs {
  readonly ipProtocol: string;
  readonly fromPort: Input<number>;
  readonly toPort: Input<number>;
  readonly description: string;
  readonly cidrIpv4?: string;
  readonly referencedSecurityGroupId?: Input<string>;
}

/** What a rule lets pass, as AWS takes it. */
export function securityGroupInputs(rule: SecurityGroupRule<Input<string>, Input<number>>): RuleInputs {
  const { flow, protocol, fromPort, toPort, peer } = rule;
  return {
    ipProtocol: protocol,
    fromPort,
    toPort,
    description: flow.reason,
    ...("cidrBlock" in peer ? { cidrIpv4: peer.cidrBlock } : { referencedSecurityGroupId: peer.securityGroupId }),
  };
}
