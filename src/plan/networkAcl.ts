import type { Cidr } from "./cidr";
import { hasPort, judgedBy, type Flow } from "./flow";
import { nodeEphemeralPorts, onePort, peerEphemeralPorts, type PortRange } from "./ports";

/**
 * One entry of the cache subnets' network ACL. All entries allow; what matches none is denied by AWS. Of ICMP the ports are type
 * and code.
 */
export interface NetworkAclEntry extends PortRange {
  /** Stable, part of the resource's name: says whose traffic it lets pass, and goes with the rule's number. */
  readonly name: string;
  readonly egress: boolean;
  readonly ruleNumber: number;
  readonly cidrBlock: Cidr;
  readonly protocol: Flow["protocols"][number];
}

/** Of AWS's default quota of 20 rules a direction, those beside its own that denies the rest (VPC User Guide, "Amazon VPC quotas"). */
export const networkAclRuleQuota = 19;

/**
 * The first of the rule numbers that are each flow's own, in both directions. A number belongs to one name for good: Pulumi creates what
 * has a new name before it deletes what has an old one, and AWS refuses a number that is taken (EC2, NetworkAclEntryAlreadyExists). So a
 * flow keeps its block, and one that is new or renamed takes the next.
 */
const blocks: Readonly<Record<string, number>> = {
  "apps-to-redis": 100,
  "bastions-to-ssh": 200,
  "routers-to-node": 300,
  "node-to-own-dns": 400,
  "node-to-own-time": 500,
  "node-to-https": 600,
  "apps-to-sentinel": 700,
  "nodes-to-replication": 800,
  "nodes-to-sentinel": 900,
  "node-to-replication": 1000,
  "node-to-sentinel": 1100,
  "nodes-to-bus": 1200,
  "node-to-bus": 1300,
};

/** Of a flow's block, the part of each protocol: more rules than the quota has. */
const protocolOffsets = { tcp: 0, udp: 50, icmp: 0 } as const satisfies Record<Flow["protocols"][number], number>;

/**
 * The entries that flows need. A network ACL is stateless: each flow has an entry for the way there and one,
 * in the other direction, for the answers.
 */
export function networkAclEntries(flows: readonly Flow[]): NetworkAclEntry[] {
  const judged = judgedBy("networkAcl", flows);
  const calls = judged.flatMap((flow) => entriesOf(flow, flow.direction === "egress", called(flow)));
  const answers = judged.flatMap((flow) => entriesOf(flow, flow.direction === "ingress", answered(flow)));
  const entries = onceEach([...calls, ...answers]);
  return [false, true].flatMap((egress) => entries.filter((entry) => entry.egress === egress));
}

/** What two flows need alike is one entry, the first one's. */
function onceEach(entries: readonly NetworkAclEntry[]): NetworkAclEntry[] {
  const lets = ({ egress, cidrBlock, protocol, fromPort, toPort }: NetworkAclEntry): string =>
    [egress, cidrBlock, protocol, fromPort, toPort].join(" ");
  const first = new Map<string, NetworkAclEntry>();
  for (const entry of entries) first.set(lets(entry), first.get(lets(entry)) ?? entry);
  return [...first.values()];
}

function called(flow: Flow): PortRange {
  return hasPort(flow) ? onePort(flow.port) : { fromPort: flow.icmp.type, toPort: flow.icmp.code };
}

/** Errors are not answered: AWS's guide wants them let through both ways (VPC User Guide, "Path MTU Discovery"). */
function answered(flow: Flow): PortRange {
  if (!hasPort(flow)) return called(flow);
  return flow.direction === "ingress" ? (flow.callerPorts ?? peerEphemeralPorts) : nodeEphemeralPorts;
}

/** For each protocol and network of a flow. Another network in a network's place keeps its name and number. */
function entriesOf(flow: Flow, egress: boolean, ports: PortRange): NetworkAclEntry[] {
  const block = blocks[flow.name];
  if (block === undefined) throw new Error(`The flow ${flow.name} has no block of rule numbers in networkAcl.ts.`);
  return flow.protocols.flatMap((protocol) => {
    // Of several protocols each entry is named after its own, as the rules of security groups are.
    const named = [egress ? "egress" : "ingress", flow.name, ...(flow.protocols.length > 1 ? [protocol] : [])].join(
      "-",
    );
    const first = block + protocolOffsets[protocol];
    return flow.cidrBlocks.map((cidrBlock, index) => ({
      name: `${named}-${index}`,
      ruleNumber: first + index,
      egress,
      cidrBlock,
      protocol,
      ...ports,
    }));
  });
}
