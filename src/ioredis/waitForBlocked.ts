import type { Redis } from "ioredis";
import { waitOf } from "./sealCommand";
import { longestTimerMs } from "./ownOptions";

/**
 * Has a client wait for each command as long as that may wait at the cache, and `silenceMs` more: only then is the
 * connection silent. ioredis asks its option `socketTimeout` whenever it begins to wait for an answer, and that is the
 * answer to the first command in its queue: the cache answers in order.
 */
export function waitForBlocked(redis: Redis, silenceMs: number): void {
  Object.defineProperty(redis.options, "socketTimeout", {
    configurable: true,
    enumerable: true,
    get: () => {
      const first = redis.commandQueue.peekFront()?.command;
      return Math.min(silenceMs + (first === undefined ? 0 : waitOf(first)), longestTimerMs);
    },
  });
}
