import { redisPort, replicationPort, sentinelPort } from "./ports";

/** One kind of traffic that a node's tunnel carries, with a port and a list of admitted names of its own. */
export interface TunnelService {
  readonly name: "redis" | "replication" | "sentinel";
  readonly port: number;
  /** Whose certificates are admitted. */
  readonly admits: readonly ("clients" | "peers")[];
}

/** Where there is one node, the first alone. */
export const tunnelServices = {
  redis: { name: "redis", port: redisPort, admits: ["clients"] },
  replication: { name: "replication", port: replicationPort, admits: ["peers"] },
  sentinel: { name: "sentinel", port: sentinelPort, admits: ["peers", "clients"] },
} as const satisfies Record<string, TunnelService>;
