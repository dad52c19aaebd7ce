import type { Cidr } from "./cidr";
import { hasPort, judgedBy, type Flow } from "./flow";

/** One rule of a host's security group: a protocol with a port or, of ICMP, a type, for a network or a security group at the other side. */
export interface SecurityGroupRule<Leaf = unknown, Port = number> {
  /**
   * Stable, part of the resource's name. It names the peer and not its place in a list: else to take one off a list would
   * change another's rule into what the next one is, which AWS refuses as a duplicate (EC2, InvalidPermission.Duplicate).
   */
  readonly name: string;
  readonly flow: Flow<Leaf, Port>;
  readonly protocol: Flow["protocols"][number];
  /** Of ICMP the type, as AWS has it. */
  readonly fromPort: Port | number;
  /** Of ICMP the code. */
  readonly toPort: Port | number;
  readonly peer: Peer<Leaf>;
}

/** A network, a host, a security group of the other side's, that which the cache makes for a client, or that of its own nodes. */
type Peer<Leaf> =
  | { readonly cidrBlock: Cidr }
  | { readonly address: Leaf }
  | { readonly securityGroupId: Leaf }
  | { readonly clientGroup: string }
  | { readonly ownGroup: true };

interface NamedPeer<Leaf> {
  readonly name: string;
  readonly peer: Peer<Leaf>;
}

/** AWS's default quota of rules in each direction of a security group (VPC User Guide, "Amazon VPC quotas"). */
export const securityGroupRuleQuota = 60;

/**
 * The rules that flows need. Security groups are stateful: only the way there is named. Where the caller names
 * security groups for a flow, or clients have theirs, those alone are let in (and the network ACL still holds their networks).
 */
export function securityGroupRules<Leaf, Port>(flows: readonly Flow<Leaf, Port>[]): SecurityGroupRule<Leaf, Port>[] {
  return judgedBy("securityGroup", flows).flatMap((flow) => {
    const [fromPort, toPort] = hasPort(flow) ? [flow.port, flow.port] : [flow.icmp.type, flow.icmp.code];
    const groups = groupPeers(flow);
    const peers = groups.length > 0 ? groups : networkPeers(flow);
    return flow.protocols.flatMap((protocol) =>
      peers.map(({ name, peer }) => ({
        // Of several protocols each rule is named after its own.
        name: [flow.name, ...(flow.protocols.length > 1 ? [protocol] : []), name].join("-"),
        flow,
        protocol,
        fromPort,
        toPort,
        peer,
      })),
    );
  });
}

function groupPeers<Leaf, Port>({
  securityGroups,
  clientGroups = [],
  amongNodes,
}: Flow<Leaf, Port>): NamedPeer<Leaf>[] {
  return [
    ...securityGroups.map(({ name, id }) => ({ name, peer: { securityGroupId: id } })),
    ...(amongNodes === true ? [{ name: "nodes", peer: { ownGroup: true } } as const] : []),
    ...clientGroups.map((client) => ({ name: client, peer: { clientGroup: client } })),
  ];
}

function networkPeers<Leaf, Port>({ cidrBlocks, hosts = [] }: Flow<Leaf, Port>): NamedPeer<Leaf>[] {
  return [
    ...cidrBlocks.map((cidrBlock) => ({ name: cidrBlock.replace("/", "-"), peer: { cidrBlock } })),
    ...hosts.map(({ name, address }) => ({ name, peer: { address } })),
  ];
}
