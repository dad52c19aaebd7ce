import { timeouts } from "../../lab/load/timeouts.js";
import type { ConnectOptions } from "../../src/ioredis/index.js";

/**
 * Options of connect() where a test is not about its limits: on a busy machine an answer may come later than an application waits. Where
 * commands wait, connect() takes no limit of one.
 */
export function inTime(own: ConnectOptions = {}): ConnectOptions {
  const { commandTimeout, ...others } = timeouts;
  return own.blocking === true ? { ...others, ...own } : { commandTimeout, ...others, ...own };
}
