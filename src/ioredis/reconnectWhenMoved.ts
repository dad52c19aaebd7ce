import type { RedisOptions } from "ioredis";
import { isOfTransaction } from "./transactions";

type ReconnectOnError = NonNullable<RedisOptions["reconnectOnError"]>;

/** ioredis's own words: for a new connection, and to send the command there. */
const sendAgain = 2;

/** A primary without replicas may have been left by them: another may be it by now. */
const lookAgainEveryMs = 1000;

/** What the application has given, by what was made of it: clients hand their options on to duplicates. */
const givenTo = new WeakMap<ReconnectOnError, ReconnectOnError | undefined>();

/**
 * What a client does at an error that may mean that the primary is elsewhere (ioredis's `reconnectOnError`): where Redis has carried
 * nothing out because it is no primary any more, the command goes to the new one. The application's own comes first. A
 * part of a transaction is not sent again: it would be carried out alone.
 */
export function reconnectWhenMoved(
  application: ReconnectOnError | null | undefined,
  role: "master" | "slave",
): ReconnectOnError {
  const given = application == null ? undefined : givenTo.has(application) ? givenTo.get(application) : application;
  let lookedAtMs = -Infinity;
  const mayHaveMoved = (message: string): boolean | 1 | 2 => {
    if (/^(READONLY|UNBLOCKED force unblock) /.test(message)) return sendAgain;
    if (!message.startsWith("NOREPLICAS ") || performance.now() - lookedAtMs < lookAgainEveryMs) return false;
    lookedAtMs = performance.now();
    return true;
  };
  const decide: ReconnectOnError = (error) => {
    // Replicas say so to whoever writes to them: no other would take it.
    if (role === "slave" && error.message.startsWith("READONLY ")) return false;
    const theirs = given?.(error);
    const decision = theirs === undefined || theirs === false ? mayHaveMoved(error.message) : theirs;
    return decision === sendAgain && isOfTransaction(error) ? true : decision;
  };
  givenTo.set(decide, given);
  return decide;
}
