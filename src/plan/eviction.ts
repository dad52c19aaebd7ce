/** What Redis 7.0 may do when its memory is full (redis.io, "Key eviction"): its values of `maxmemory-policy`. */
export const evictionPolicies = [
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
  "noeviction",
] as const;

/** What Redis does when its memory is full. */
export type EvictionPolicy = (typeof evictionPolicies)[number];

/** A cache that is full makes room for what is used. */
export const defaultEvictionPolicy: EvictionPolicy = "allkeys-lru";

/** Whether every key may be evicted, so that keys alone never keep anybody from writing. */
export function evictsEveryKey(policy: EvictionPolicy): boolean {
  return policy.startsWith("allkeys-");
}
