import type { EventEmitter } from "node:events";
import type { Redis } from "ioredis";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The connections that a cluster of ioredis has to its nodes, by where these are; all versions have it. */
export interface ClusterPool extends EventEmitter {
  readonly nodes: Readonly<Record<"all" | "master" | "slave", Record<string, Redis>>>;
  getNodes: (role?: "all" | "master" | "slave") => Redis[];
  removeNode: (key: string) => void;
  reset: (nodes: Address[]) => void;
  findOrCreate: (address: Address, readOnly?: boolean) => Redis;
}
