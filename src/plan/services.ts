import { busPort, redisPort, replicationPort, sentinelPort } from "./ports";

/** One kind of traffic that a node's tunnel carries, with a port and a list of admitted names of its own. */
export interface TunnelService {
  readonly name: "redis" | "replication" | "sentinel" | "bus";
  readonly port: number;
  /** Whose certificates are admitted. */
  readonly admits: readonly ("clients" | "peers")[];
}

/** Where there is one node, the first alone; of the last two, Sentinel is for replicas without shards, and the bus for shards. */
export const tunnelServices = {
  redis: { name: "redis", port: redisPort, admits: ["clients"] },
  replication: { name: "replication", port: replicationPort, admits: ["peers"] },
  sentinel: { name: "sentinel", port: sentinelPort, admits: ["peers", "clients"] },
  bus: { name: "bus", port: busPort, admits: ["peers"] },
} as const satisfies Record<string, TunnelService>;
