import type { EventEmitter } from "node:events";
import type { Cluster, Redis } from "ioredis";
import type { ClusterSubscriber } from "./clusterSubscriber";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The connections that a cluster of ioredis has to its nodes, by where these are; all versions have it. */
export interface NodePool extends EventEmitter {
  readonly nodes: Readonly<Record<"all" | "master" | "slave", Record<string, Redis>>>;
  getNodes: (role?: "all" | "master" | "slave") => Redis[];
  removeNode: (key: string) => void;
  reset: (nodes: Address[]) => void;
  findOrCreate: (address: Address, readOnly?: boolean) => Redis;
}

/** What a cluster of ioredis says to nobody; all versions have it. */
interface Inner {
  startupNodes: readonly Address[];
  readonly connectionPool: NodePool;
  subscriber: ClusterSubscriber;
  readonly offlineQueue: {
    peekFront: () => { readonly command: object } | undefined;
    shift: () => unknown;
  };
  readonly manuallyClosing?: boolean;
  flushQueue: (error: Error) => void;
}

export function innerOf(cluster: Cluster): Inner {
  return cluster as unknown as Inner;
}
