import type { CacheArguments } from "../arguments/cacheArguments";
import type { Cidr } from "./cidr";
import { tunnelLimits } from "./limits";
import { httpsPort, redisPort, sshPort } from "./ports";

/** One allowed kind of traffic of a cache node. Everything that is not a flow is shut. */
export interface Flow<Leaf = unknown> {
  /** A stable name, part of resource names. */
  readonly name: "apps-to-redis" | "bastions-to-ssh" | "node-to-https";
  /** Who opens the connection, seen from the node. */
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp";
  /** What is spoken, by the name of /etc/services: through the tunnel it is Redis. */
  readonly service: "redis" | "ssh" | "https";
  /** The port that the one who is called listens on. */
  readonly port: number;
  /** Who is at the other side, as a map of the network calls them. */
  readonly peer: string;
  /** The other side's networks. */
  readonly cidrBlocks: readonly Cidr[];
  /** Security groups that narrow the networks down further. */
  readonly securityGroups: readonly NamedSecurityGroup<Leaf>[];
  /** Clients whose groups, which the cache makes, narrow them down as well. */
  readonly clientGroups?: readonly string[];
  /** What the node's own firewall holds each caller to, where it counts them. */
  readonly limits?: CallerLimits;
  readonly reason: string;
}

/** A security group of the caller's, by the name that the caller gives it. */
export interface NamedSecurityGroup<Leaf = unknown> {
  readonly name: string;
  readonly id: Leaf;
}

export type CallerLimits = Pick<typeof tunnelLimits, "connectionsFromOneHost" | "crowd">;

/** The one list of what may pass between a cache node and anything else in the network. */
export function cacheFlows<Leaf>(given: CacheArguments<Leaf>): Flow<Leaf>[] {
  const apps: Flow<Leaf> = {
    name: "apps-to-redis",
    direction: "ingress",
    protocol: "tcp",
    service: "redis",
    port: redisPort,
    peer: "Application hosts",
    cidrBlocks: given.appCidrBlocks,
    securityGroups: namedGroups(given.appSecurityGroupIds),
    ...(given.clientSecurityGroups === true ? { clientGroups: given.clients } : {}),
    limits: tunnelLimits,
    reason: "Application hosts reach Redis through the tunnel",
  };
  const bastions: Flow<Leaf> = {
    name: "bastions-to-ssh",
    direction: "ingress",
    protocol: "tcp",
    service: "ssh",
    port: sshPort,
    peer: "Bastion hosts",
    cidrBlocks: given.bastionCidrBlocks ?? [],
    securityGroups: namedGroups(given.bastionSecurityGroupIds),
    reason: "Operators sign in from the bastion hosts",
  };
  const https: Flow<Leaf> = {
    name: "node-to-https",
    direction: "egress",
    protocol: "tcp",
    service: "https",
    port: httpsPort,
    peer: "Secrets Manager, Debian mirrors",
    cidrBlocks: given.httpsEgressCidrBlocks ?? ["0.0.0.0/0"],
    securityGroups: [],
    reason: "The node fetches its secret and Debian packages",
  };
  return given.operators.length > 0 ? [apps, bastions, https] : [apps, https];
}

function namedGroups<Leaf>(given: Readonly<Record<string, Leaf>> = {}): NamedSecurityGroup<Leaf>[] {
  return Object.entries(given).map(([name, id]) => ({ name, id }));
}
