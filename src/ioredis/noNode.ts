/** Why a client of a cache with replicas has no connection to the primary. */
export const noPrimary = "No majority of the cache's Sentinels names a primary.";

/** The same of a client of replicas. */
export const noReplica = "No majority of the cache's Sentinels names a replica that follows the primary.";

/** Why a client of a cluster does not connect to where Redis sends it. */
export const noSuchNode = "The connection file has no such node of the cluster.";

/** Why a client of a cluster does not believe a node. */
export const noSoundView = "The node is cut off from most of the cluster, or does not know it yet.";

/** Why a client of a cluster sends no part of a transaction by itself. */
export const noSingleParts =
  "A cluster takes a transaction as a whole: queue it with multi(), without pipeline: false.";

/** Why a client of a cluster takes no subscriptions of single shards. */
export const noShardChannels =
  "connect() has no subscriptions of single shards: subscribe() gets what publish() sends.";

/** As ioredis itself says it, where there was no connection to send a command on. */
export function noConnection(retries: number): string {
  return `Reached the max retries per request limit (which is ${retries}). Refer to "maxRetriesPerRequest" option for details.`;
}

/** Why a stream of all keys ends before it has them. */
export const noMorePrimary = "A primary left while its keys were read: read all of them again.";

/** The same where none has left. */
export const slotsMove =
  "Slots go from one primary to another while their keys are read: read all of them again when that is over.";
