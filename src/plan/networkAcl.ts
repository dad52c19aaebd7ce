import type { Cidr } from "./cidr";
import type { Flow } from "./flows";
import { nodeEphemeralPorts, onePort, peerEphemeralPorts, type PortRange } from "./ports";

/** One entry of the cache subnets' network ACL. All entries allow; what matches none is denied by AWS. */
export interface NetworkAclEntry extends PortRange {
  readonly egress: boolean;
  readonly ruleNumber: number;
  readonly cidrBlock: Cidr;
}

/** Of AWS's default quota of 20 rules a direction, those beside its own that denies the rest (VPC User Guide, "Amazon VPC quotas"). */
export const networkAclRuleQuota = 19;

const firstRuleNumber = 100;
const ruleNumberStep = 10;

/**
 * The entries that flows need. A network ACL is stateless: each flow has an entry for the way there and one,
 * in the other direction, for the answers.
 */
export function networkAclEntries(flows: readonly Flow[]): NetworkAclEntry[] {
  const calls = flows.flatMap((flow) =>
    flow.cidrBlocks.map((cidrBlock) => ({
      egress: flow.direction === "egress",
      cidrBlock,
      ...onePort(flow.port),
    })),
  );
  const answers = flows.flatMap((flow) =>
    flow.cidrBlocks.map((cidrBlock) => ({
      egress: flow.direction === "ingress",
      cidrBlock,
      ...(flow.direction === "ingress" ? peerEphemeralPorts : nodeEphemeralPorts),
    })),
  );
  const entries = [...calls, ...answers];
  return [false, true].flatMap((egress) =>
    entries
      .filter((entry) => entry.egress === egress)
      .map((entry, index) => ({ ...entry, ruleNumber: firstRuleNumber + index * ruleNumberStep })),
  );
}
