import type { Cidr } from "./cidr";
import { everyFirewall, type PortFlow } from "./flow";
import { busPort, nodeEphemeralPorts, replicationPort, sentinelPort } from "./ports";

/** What nodes say to each other, by the networks that nodes are in: each node calls all others and is called by them. */
export function nodeFlows<Leaf>(nodeCidrBlocks: readonly Cidr[], carried: readonly Carried[]): PortFlow<Leaf>[] {
  return ["nodes-to", "node-to"].flatMap((prefix) =>
    carried.map(({ name, port, reason }): PortFlow<Leaf> => ({
      name: `${prefix}-${name}`,
      direction: prefix === "nodes-to" ? "ingress" : "egress",
      judges: everyFirewall,
      protocols: ["tcp"],
      service: "redis",
      port,
      peer: "The cache's nodes",
      cidrBlocks: nodeCidrBlocks,
      securityGroups: [],
      amongNodes: true,
      callerPorts: nodeEphemeralPorts,
      reason,
    })),
  );
}

interface Carried {
  /** A service of the tunnel's. */
  readonly name: string;
  readonly port: number;
  readonly reason: string;
}

/** Of a primary and its replicas. */
export const amongReplicas: readonly Carried[] = [
  {
    name: "replication",
    port: replicationPort,
    reason: "Replicas copy the primary through the tunnel, and Sentinels watch each Redis",
  },
  { name: "sentinel", port: sentinelPort, reason: "Sentinels agree through the tunnel on which node is the primary" },
];

/** Of shards. */
export const amongShards: readonly Carried[] = [
  {
    name: "replication",
    port: replicationPort,
    reason: "Replicas copy their primary through the tunnel, and slots move from shard to shard",
  },
  {
    name: "bus",
    port: busPort,
    reason: "Nodes agree through the tunnel on which of them leads a shard, and which slots it has",
  },
];
