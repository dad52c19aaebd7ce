import type { RedisOptions } from "ioredis";

/** What ioredis itself says of a command that there is no connection for. */
const connectionClosed = "Connection is closed.";

/** What becomes of a command that ends in an error, in a cluster. */
export type Outcome =
  /** ioredis's own: to the node that Redis names, or once more in a moment. Redis has carried nothing out. */
  | "redirected"
  /** It could not be sent. */
  | "unsent"
  /** Redis has carried nothing out, and doesn't say who would: once more in a moment. */
  | "again"
  /** It fails, and the client looks anew who has what. */
  | "look"
  /** It fails. */
  | "fails";

/** ioredis reads the slot and the address out of it, and takes them as they are. */
const named = /^(?:MOVED|ASK) (\d{1,5}) [0-9a-f.:]+:\d{1,5}$/;
const slots = 16_384;

/**
 * The application's own `reconnectOnError` is asked of what Redis answers, as on one connection: 2 is for sending the command again, and any
 * other yes for looking where everything is.
 */
export function outcomeOf(error: { message: string }, reconnectOnError: RedisOptions["reconnectOnError"]): Outcome {
  const { message } = error;
  if (message === connectionClosed) return "unsent";
  if (isRedirected(error)) return "redirected";
  if (/^(MOVED|ASK) /.test(message)) return "fails";
  if (/^(READONLY|UNBLOCKED force unblock) /.test(message)) return "again";
  if (!/^[A-Z]+ /.test(message)) return "fails";
  const decision = reconnectOnError?.(error as Error) ?? false;
  if (decision === 2) return "again";
  return decision === false ? "fails" : "look";
}

export function isRedirected({ message }: { message: string }): boolean {
  return /^(TRYAGAIN|CLUSTERDOWN)\b/.test(message) || Number(named.exec(message)?.[1] ?? slots) < slots;
}
