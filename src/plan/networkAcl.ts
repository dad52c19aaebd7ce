import type { Cidr } from "./cidr";
import { hasPort, judgedBy, type Flow } from "./flow";
import { nodeEphemeralPorts, onePort, peerEphemeralPorts, type PortRange } from "./ports";

/**
 * One entry of the cache subnets' network ACL. All entries allow; what matches none is denied by AWS. Of ICMP the ports are type
 * and code.
 */
export interface NetworkAclEntry extends PortRange {
  readonly egress: boolean;
  readonly ruleNumber: number;
  readonly cidrBlock: Cidr;
  readonly protocol: Flow["protocols"][number];
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
  const judged = judgedBy("networkAcl", flows);
  const calls = judged.flatMap((flow) => entriesOf(flow, flow.direction === "egress", called(flow)));
  const answers = judged.flatMap((flow) => entriesOf(flow, flow.direction === "ingress", answered(flow)));
  const entries = [...calls, ...answers];
  return [false, true].flatMap((egress) =>
    entries
      .filter((entry) => entry.egress === egress)
      .map((entry, index) => ({ ...entry, ruleNumber: firstRuleNumber + index * ruleNumberStep })),
  );
}

function called(flow: Flow): PortRange {
  return hasPort(flow) ? onePort(flow.port) : { fromPort: flow.icmp.type, toPort: flow.icmp.code };
}

/** Errors are not answered: AWS's guide wants them let through both ways (VPC User Guide, "Path MTU Discovery"). */
function answered(flow: Flow): PortRange {
  if (!hasPort(flow)) return called(flow);
  return flow.direction === "ingress" ? peerEphemeralPorts : nodeEphemeralPorts;
}

/** For each protocol and network of a flow. */
function entriesOf(flow: Flow, egress: boolean, ports: PortRange): Omit<NetworkAclEntry, "ruleNumber">[] {
  return flow.protocols.flatMap((protocol) =>
    flow.cidrBlocks.map((cidrBlock) => ({ egress, cidrBlock, protocol, ...ports })),
  );
}
