/** Why a client of a cache with replicas has no connection to the primary. */
export const noPrimary = "No majority of the cache's Sentinels names a primary.";

/** The same of a client of replicas. */
export const noReplica = "No majority of the cache's Sentinels names a replica that follows the primary.";
