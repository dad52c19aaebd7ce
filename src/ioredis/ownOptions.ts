import type { RedisOptions } from "ioredis";
import { kindOf } from "../arguments/problems";
import { timeouts } from "./timeouts";

/** ioredis's options, and the one that it doesn't know. */
export interface OwnOptions extends RedisOptions {
  readonly blocking?: boolean;
}

/** All that a timer holds; Node.js takes a longer one, and none, for one of a millisecond. */
export const longestTimerMs = 2 ** 31 - 1;

const defaults = { ...timeouts, autoResendUnfulfilledCommands: false } as const satisfies RedisOptions;

/**
 * What a connection has instead on which commands wait at the cache. How long such a command waits, it says itself; and
 * who waits for work has nothing better to do while there is no cache than to wait for that too.
 */
const blockingDefaults = { commandTimeout: undefined, maxRetriesPerRequest: null };

/** An application's options, with `connect()`'s own for all that it leaves out. */
export function withDefaults(own: OwnOptions): OwnOptions {
  refuseTimeouts(own);
  const given = Object.entries(own).filter(([name, value]) => value !== undefined || !(name in defaults));
  return { ...defaults, ...(own.blocking === true ? blockingDefaults : {}), ...Object.fromEntries(given) };
}

const instead = "For commands that wait at the cache (BLPOP, XREAD with BLOCK) give blocking: true.";

/**
 * Refuses what is no time to wait: of 0, null or Infinity, ioredis and Node.js make no limit in one place and a limit of a
 * millisecond in another.
 *
 * @throws Error with the option, what was got and what is allowed.
 */
export function refuseTimeouts(own: OwnOptions): void {
  const { blocking = false, role = "master" } = own;
  if (!["master", "slave"].includes(role)) throw refusal("role", role, 'Give "master" or "slave", or leave it out.');
  if (typeof blocking !== "boolean") throw refusal("blocking", blocking, "Give true or false.");
  for (const name of ["commandTimeout", "socketTimeout", "connectTimeout"] as const) {
    const value: unknown = own[name];
    if (value === undefined) continue;
    if (name === "commandTimeout" && blocking) {
      const allowed = "Leave it out with blocking: true: each command that waits says itself for how long.";
      throw refusal(name, value, allowed);
    }
    if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= longestTimerMs) continue;
    const range = `Give whole milliseconds from 1 to ${longestTimerMs}, or leave it out for ${timeouts[name]}.`;
    throw refusal(name, value, name === "connectTimeout" ? range : `${range} ${instead}`);
  }
}

function refusal(name: string, value: unknown, allowed: string): Error {
  return new Error(`connect(): ${name}: got ${typeof value === "number" ? String(value) : kindOf(value)}. ${allowed}`);
}
