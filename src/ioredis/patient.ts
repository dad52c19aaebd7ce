import type { RedisOptions } from "ioredis";

/**
 * Options with which a client waits for a cache with replicas while its primary hands over or is taken over from, instead of failing
 * within half a second: `connect({ ...patient })`. A command then takes up to ten seconds. One whose answer was lost with its
 * connection is sent again, and may be carried out twice (`INCR`, `RPUSH`): take them where that does no harm. Transactions are not sent
 * again, and fail as they do without.
 */
export const patient = {
  commandTimeout: 10_000,
  maxRetriesPerRequest: 50,
  autoResendUnfulfilledCommands: true,
  reconnectOnError: (error: Error): 2 | false => (saysNotNow.test(error.message) ? 2 : false),
} as const satisfies RedisOptions;

/** Redis has carried nothing out. */
const saysNotNow = /^(READONLY|NOREPLICAS|MASTERDOWN|UNBLOCKED) /;
