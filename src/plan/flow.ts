import type { Cidr } from "./cidr";
import type { tunnelLimits } from "./limits";
import type { PortRange } from "./ports";

/** One allowed kind of traffic of a host. Everything that is not a flow is shut. */
export type Flow<Leaf = unknown, Port = number> = PortFlow<Leaf, Port> | IcmpFlow<Leaf>;

interface AnyFlow<Leaf> {
  /** A stable name, part of resource names. */
  readonly name: string;
  /** Who opens the connection, seen from the host. */
  readonly direction: "ingress" | "egress";
  /** What decides about it; each renders the flows that it judges. */
  readonly judges: readonly Judge[];
  /** Who is at the other side, as a map of the network calls them. */
  readonly peer: string;
  /** The other side's networks. */
  readonly cidrBlocks: readonly Cidr[];
  /** Security groups that narrow the networks down further. */
  readonly securityGroups: readonly NamedSecurityGroup<Leaf>[];
  /** Whether the other side are the cache's own nodes, which have its security group. */
  readonly amongNodes?: true;
  /** Clients whose groups, which the cache makes, narrow them down as well. */
  readonly clientGroups?: readonly string[];
  /** Hosts beside those networks, whose addresses may be known later. */
  readonly hosts?: readonly NamedHost<Leaf>[];
  readonly reason: string;
}

/** Traffic with a service that listens on a port. */
export interface PortFlow<Leaf = unknown, Port = number> extends AnyFlow<Leaf> {
  readonly protocols: readonly ("tcp" | "udp")[];
  /** What is spoken, by the name that /etc/services gives the port: through the tunnel it is Redis. */
  readonly service: "redis" | "ssh" | "https" | "http" | "domain" | "ntp" | "bootps";
  /** The port that the one who is called listens on. */
  readonly port: Port;
  /** The caller's own port, where the protocol fixes that: it is answered there by whoever serves, unasked as well. */
  readonly ownPort?: number;
  /** The ports that callers come from, where that is known of them. */
  readonly callerPorts?: PortRange;
  /** What the node's own firewall holds each caller to, where it counts them. */
  readonly limits?: CallerLimits;
}

/** Errors that somebody on the way sends about other flows (RFC 792). */
export interface IcmpFlow<Leaf = unknown> extends AnyFlow<Leaf> {
  /** The host's own firewall knows which connection an error belongs to, and needs no rule for it. */
  readonly judges: readonly Exclude<Judge, "hostFirewall">[];
  readonly protocols: readonly ["icmp"];
  readonly icmp: { readonly type: number; readonly code: number };
}

/** What lets a flow pass or not: two firewalls of AWS's, and the host's own. */
export type Judge = "networkAcl" | "securityGroup" | "hostFirewall";

/** Traffic of a node in the network: each firewall by itself has to let it pass. */
export const everyFirewall: readonly Judge[] = ["networkAcl", "securityGroup", "hostFirewall"];

/**
 * Traffic with Amazon's own services, at addresses where nobody else is: no network ACL and no security group judges it (VPC
 * User Guide, "Network ACL basics").
 */
export const hostFirewallAlone: readonly Judge[] = ["hostFirewall"];

/** A security group of the other side's, by a name that is given to it. */
export interface NamedSecurityGroup<Leaf = unknown> {
  readonly name: string;
  readonly id: Leaf;
}

/** A host at the other side, by a name that is given to it. */
export interface NamedHost<Leaf = unknown> {
  readonly name: string;
  readonly address: Leaf;
}

export type CallerLimits = Pick<typeof tunnelLimits, "connectionsFromOneHost" | "crowd">;

/** The flows that one of AWS's firewalls has to let pass. */
export function judgedBy<Leaf, Port>(
  judge: Exclude<Judge, "hostFirewall">,
  flows: readonly Flow<Leaf, Port>[],
): Flow<Leaf, Port>[] {
  return flows.filter(({ judges }) => judges.some((one) => one === judge));
}

/** Those whose connections come from the other side, or go there. */
export function inDirection<One extends Flow>(direction: Flow["direction"], flows: readonly One[]): One[] {
  return flows.filter((flow) => flow.direction === direction);
}

/** The flows that the host's own firewall has a rule for. */
export function judgedByHost<Leaf>(flows: readonly Flow<Leaf>[]): PortFlow<Leaf>[] {
  return flows.filter(hasPort).filter(({ judges }) => judges.includes("hostFirewall"));
}

export function hasPort<Leaf, Port>(flow: Flow<Leaf, Port>): flow is PortFlow<Leaf, Port> {
  return !("icmp" in flow);
}

/** Those of one service. */
export function ofService<Leaf>(service: PortFlow["service"], flows: readonly Flow<Leaf>[]): PortFlow<Leaf>[] {
  return flows.filter(hasPort).filter((flow) => flow.service === service);
}

/** Whether AWS's own firewalls have no say. */
export function isJudgedByHostAlone({ judges }: Flow): boolean {
  return judges.every((judge) => judge === "hostFirewall");
}
