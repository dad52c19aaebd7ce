import type { ClusterOptions } from "ioredis";
import { withDefaults, type OwnOptions } from "./ownOptions";

const ofWhole = [
  "clusterRetryStrategy",
  "maxRedirections",
  "retryDelayOnClusterDown",
  "retryDelayOnFailover",
  "retryDelayOnMoved",
  "retryDelayOnTryAgain",
  "slotsRefreshInterval",
  "slotsRefreshTimeout",
] as const satisfies (keyof ClusterOptions)[];

/** What ioredis sets for a cluster as a whole, beside what it sets for each connection. */
export type WholeClusterOptions = Pick<ClusterOptions, (typeof ofWhole)[number]>;

export type ClusterOwnOptions = OwnOptions & WholeClusterOptions;

/** In milliseconds, and as often as the time of a command allows: that alone ends its way through the cluster. */
const wholeDefaults = {
  maxRedirections: Infinity,
  retryDelayOnClusterDown: 100,
  retryDelayOnFailover: 100,
  slotsRefreshTimeout: 500,
} as const satisfies WholeClusterOptions;

/** Nothing else tells a client that reads from replicas of one that has come, or come back: a primary answers instead of it. */
const replicasRefreshIntervalMs = 5000;

/** Options of one connection that ioredis takes for the cluster, or that connect() answers for itself. */
const notOfNodes: ReadonlySet<string> = new Set<keyof ClusterOwnOptions>([
  ...ofWhole,
  "Connector",
  "autoPipeliningIgnoredCommands",
  "db",
  "enableAutoPipelining",
  "enableOfflineQueue",
  "lazyConnect",
  "readOnly",
  "reconnectOnError",
  "role",
  "scripts",
]);

/**
 * What an application's options of a connection are in a cluster: ioredis's options of the cluster, with those of each connection to a
 * node among them (`redisOptions`).
 *
 * @throws Error where a cluster has no such thing, or a value is none.
 */
export function clusterSettings(own: ClusterOwnOptions): ClusterOptions & { redisOptions: OwnOptions } {
  if (own.db !== undefined && own.db !== 0) {
    throw new Error(`connect(): db: got ${own.db}. A cluster has database 0 alone: leave it out.`);
  }
  const all: ClusterOwnOptions = withDefaults(own);
  const node = Object.entries(all).filter(([name]) => !notOfNodes.has(name));
  return {
    ...wholeDefaults,
    clusterRetryStrategy: all.retryStrategy,
    ...(all.role === "slave" ? { slotsRefreshInterval: replicasRefreshIntervalMs } : {}),
    ...given(all, ofWhole),
    ...given(all, ["autoPipeliningIgnoredCommands", "enableAutoPipelining", "enableOfflineQueue"]),
    ...given(all, ["lazyConnect", "scripts", "showFriendlyErrorStack"]),
    // Whoever says where the slots are is asked for the cluster's state too (`withSoundView`): not another node once more.
    enableReadyCheck: false,
    scaleReads: all.role === "slave" ? "slave" : "master",
    redisOptions: Object.fromEntries(node),
  };
}

function given<Name extends keyof ClusterOwnOptions>(
  all: ClusterOwnOptions,
  names: readonly Name[],
): Pick<ClusterOwnOptions, Name> {
  return Object.fromEntries(names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]])) as Pick<
    ClusterOwnOptions,
    Name
  >;
}
