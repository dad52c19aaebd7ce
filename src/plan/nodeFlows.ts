import type { Cidr } from "./cidr";
import { everyFirewall, type PortFlow } from "./flow";
import { nodeEphemeralPorts, replicationPort, sentinelPort } from "./ports";

/** What nodes with replicas say to each other, by the networks that nodes are in: each node calls all others and is called by them. */
export function nodeFlows<Leaf>(nodeCidrBlocks: readonly Cidr[]): PortFlow<Leaf>[] {
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

const carried = [
  {
    name: "replication",
    port: replicationPort,
    reason: "Replicas copy the primary through the tunnel, and Sentinels watch each Redis",
  },
  { name: "sentinel", port: sentinelPort, reason: "Sentinels agree through the tunnel on which node is the primary" },
];
