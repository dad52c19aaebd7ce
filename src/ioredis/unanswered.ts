import type { Redis } from "ioredis";
import { isPartOfTransaction } from "./transactions";

/** Why a command fails that was sent on a connection which is lost. */
export const notSentAgain =
  "The connection was lost before the answer came. The command may have been carried out, and is not sent again.";

/** What ioredis keeps of a lost connection; both majors have it. */
interface Lost {
  /** The commands that it was sent and that have no answer. */
  readonly prevCommandQueue?: Pick<Redis["commandQueue"], "length" | "push" | "shift"> | null;
  socketTimeoutTimer?: NodeJS.Timeout | undefined;
}

interface Rejectable {
  readonly name: string;
  readonly inTransaction?: boolean;
  readonly reject: (error: Error) => void;
}

/** What ioredis itself begins a connection with, and begins the next one with too. */
const handshake = new Set(["auth", "client", "hello", "info", "readonly", "select"]);

/**
 * Has each command fail that was sent on the lost connection and got no answer. By ioredis's own option it would be sent
 * again, and `incr` counted twice; or, with `autoResendUnfulfilledCommands: false`, never end at all. Nor would one end that
 * ioredis 5 sends on a connection which is lost before it is ready, such as `publish`.
 */
export function failUnanswered(redis: Redis): void {
  const queue = (redis as unknown as Lost).prevCommandQueue;
  for (let item = queue?.shift(); item !== undefined; item = queue?.shift()) {
    item.command.reject(new Error(notSentAgain));
  }
  for (const { command } of redis.commandQueue.toArray()) {
    if (!handshake.has(command.name)) command.reject(new Error(notSentAgain));
  }
}

/** The same of transactions alone, where an application has all else sent again. */
export function failUnansweredTransactions(redis: Redis): void {
  for (const { command } of redis.commandQueue.toArray()) {
    const { name, inTransaction } = command as Rejectable;
    if (inTransaction === true || name === "exec") command.reject(new Error(notSentAgain));
  }
}

/** Where the others are sent again: whoever watches keys for a transaction (WATCH) would not be told that they have changed meanwhile. */
export function failTransactions(redis: Redis): void {
  const queue = (redis as unknown as Lost).prevCommandQueue;
  for (let left = queue?.length ?? 0; left > 0; left -= 1) {
    const item = queue?.shift();
    if (item === undefined) return;
    if (isPartOfTransaction(item.command)) item.command.reject(new Error(notSentAgain));
    else queue?.push(item);
  }
}

/** ioredis 5 keeps the timer of a closed connection, and gives up the next one by it. */
export function stopSocketTimeout(redis: Redis): void {
  const lost = redis as unknown as Lost;
  clearTimeout(lost.socketTimeoutTimer);
  lost.socketTimeoutTimer = undefined;
}
