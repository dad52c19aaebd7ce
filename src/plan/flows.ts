import type { Cidr } from "./cidr";
import { httpsPort, redisPort, sshPort } from "./ports";
import type { CacheShape } from "./shape";

/** One allowed kind of traffic of a cache node. Everything that is not a flow is shut. */
export interface Flow {
  /** A stable name, part of resource names. */
  readonly name: "apps-to-redis" | "bastions-to-ssh" | "node-to-https";
  /** Who opens the connection, seen from the node. */
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp";
  /** The port that the one who is called listens on. */
  readonly port: number;
  /** The other side's networks. */
  readonly cidrBlocks: readonly Cidr[];
  /** How many security groups narrow the networks down further; their ids are leaves. */
  readonly securityGroupCount: number;
  readonly reason: string;
}

/** The one list of what may pass between a cache node and anything else in the network. */
export function cacheFlows(shape: CacheShape): Flow[] {
  const apps: Flow = {
    name: "apps-to-redis",
    direction: "ingress",
    protocol: "tcp",
    port: redisPort,
    cidrBlocks: shape.appCidrBlocks,
    securityGroupCount: shape.appSecurityGroupIds?.length ?? 0,
    reason: "Application hosts reach Redis through the tunnel",
  };
  const bastions: Flow = {
    name: "bastions-to-ssh",
    direction: "ingress",
    protocol: "tcp",
    port: sshPort,
    cidrBlocks: shape.bastionCidrBlocks ?? [],
    securityGroupCount: shape.bastionSecurityGroupIds?.length ?? 0,
    reason: "Operators sign in from the bastion hosts",
  };
  const https: Flow = {
    name: "node-to-https",
    direction: "egress",
    protocol: "tcp",
    port: httpsPort,
    cidrBlocks: shape.httpsEgressCidrBlocks ?? ["0.0.0.0/0"],
    securityGroupCount: 0,
    reason: "The node fetches its secret and Debian packages",
  };
  return shape.operators.length > 0 ? [apps, bastions, https] : [apps, https];
}
