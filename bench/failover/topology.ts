import { faults, faultsOfShard, minorityStopsSeconds, type Fault } from "../../lab/replicas/faults.js";
import { primaryOfShard } from "../../lab/cluster/nodes.js";
import { primaryOfCache } from "../../lab/replicas/nodes.js";
import { withReplicas, withShards, type Shape } from "../../lab/replicas/program.js";
import { writers } from "../../lab/replicas/writes.js";
import type { Leadership } from "../../lab/replicas/writeThrough.js";

/** A kind of cache, whose failovers have a page of their own. */
export interface Topology {
  readonly shape: Shape;
  readonly faults: readonly Fault[];
  /** Whose primary it is to which a fault happens in the run of this number. */
  readonly leadership: (run: number) => Leadership;
  /** The page's file, the plot's and the figures', without what is behind the dot. */
  readonly file: string;
  /** The page of docs that has what the figures come to. */
  readonly toldIn: string;
  readonly words: {
    readonly title: string;
    /** To whom the faults happen. */
    readonly primary: string;
    /** What it is the primary of. */
    readonly of: string;
    readonly writes: string;
    readonly gap: string;
    readonly zones: string;
    readonly lost: string;
  };
}

export const topologyNames = ["replicas", "shards"] as const;
export type TopologyName = (typeof topologyNames)[number];

const perSecond = (1000 * writers.clients) / writers.everyMs;

export const topologies: Readonly<Record<TopologyName, Topology>> = {
  replicas: {
    shape: withReplicas,
    faults,
    leadership: () => primaryOfCache,
    file: "failover",
    toldIn: "replicas.md",
    words: {
      title: "How long a failover takes",
      primary: "the primary",
      of: "a cache with two replicas",
      writes: `write a number each every ${writers.everyMs} ms`,
      gap: "two writes of a client",
      zones: "With a zone for each node, the loss of a zone is the loss of a host.",
      lost: `[replicas.md](replicas.md#what-is-lost-and-when) says why writes may be lost, and for how long; here ${perSecond} are written a second.`,
    },
  },
  shards: {
    shape: withShards,
    faults: faultsOfShard,
    leadership: (run) => primaryOfShard(run % (withShards.shards ?? 1)),
    file: "failover-shards",
    toldIn: "cluster.md",
    words: {
      title: "How long a failover of a shard takes",
      primary: "a shard's primary",
      of: "a cluster of three shards with a replica each, of one shard after the other",
      writes: `write a number each to each shard every ${writers.everyMs} ms`,
      gap: "two writes of a client to one shard",
      zones: "While one shard's primary is struck, the other shards have theirs.",
      lost: `A shard whose replica is its only one does not wait for it: what its primary takes until it has noticed that no majority hears it, ${minorityStopsSeconds} s at most, is lost once the replica leads. Here ${perSecond} are written to a shard in a second.`,
    },
  },
};
