import type { RedisOptions } from "ioredis";

/**
 * How long an application waits for a cache that is silent. ioredis's defaults wait as long as the cache does, and
 * back off for seconds: an application that can do without its cache must not stop with it.
 *
 * Whatever stops, be it Redis or either end of the tunnel, a command fails after `commandTimeout`; and while the
 * silence lasts, the longest time in which nothing would notice its end is that between two attempts to reconnect:
 * `disconnectTimeout` and then the longest of `reconnectDelayMs`.
 */
export const timeouts = {
  /** Milliseconds; with room for a busy event loop below the 500 that are promised. */
  commandTimeout: 400,
  /** Milliseconds without an answer after which the connection is given up for a new one. */
  socketTimeout: 2000,
  /** Milliseconds; the tunnel is on this host and accepts at once or not at all. */
  connectTimeout: 300,
  /** Milliseconds that a connection which was given up may take to close. */
  disconnectTimeout: 50,
  /** Milliseconds of idleness before TCP asks whether the other end is still there. */
  keepAlive: 10_000,
  maxRetriesPerRequest: 1,
  retryStrategy: reconnectDelayMs,
} as const satisfies RedisOptions;

/** Milliseconds to wait before the given attempt, the first being 1; spread, so that many clients do not come at once. */
export function reconnectDelayMs(attempt: number): number {
  const base = Math.min(50 * attempt, 150);
  return Math.round(base * (0.75 + 0.5 * Math.random()));
}
