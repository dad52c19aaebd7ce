import type { Cluster } from "ioredis";
import type { Address, ClusterPool } from "./clusterPool";
import type { ClusterSubscriber } from "./clusterSubscriber";

/** What a cluster of ioredis says to nobody; all versions have it. */
interface Inner {
  startupNodes: readonly Address[];
  readonly connectionPool: ClusterPool;
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
