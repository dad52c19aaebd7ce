/** Where each command that may wait at the cache says for how long (redis.io, "Commands"), in milliseconds; 0 is for ever. */
const waits: ReadonlyMap<string, (args: readonly unknown[]) => number> = new Map([
  ...["blpop", "brpop", "brpoplpush", "blmove", "bzpopmin", "bzpopmax"].map((name) => [name, lastSeconds] as const),
  ...["blmpop", "bzmpop"].map((name) => [name, firstSeconds] as const),
  ...["xread", "xreadgroup"].map((name) => [name, blockOption] as const),
  ...["wait", "waitaof"].map((name) => [name, lastMilliseconds] as const),
]);

/**
 * How long a command may wait at the cache before it is answered, in milliseconds: 0 for one that doesn't wait, `Infinity`
 * for one that waits for ever. One whose time can't be read is answered at once, by an error.
 */
export function blockingWaitMs(name: string, args: readonly unknown[]): number {
  const wait = waits.get(name.toLowerCase())?.(args);
  if (wait === undefined || Number.isNaN(wait) || wait < 0) return 0;
  return wait === 0 ? Infinity : wait;
}

function lastSeconds(args: readonly unknown[]): number {
  return 1000 * numberOf(args.at(-1));
}

function firstSeconds(args: readonly unknown[]): number {
  return 1000 * numberOf(args[0]);
}

function lastMilliseconds(args: readonly unknown[]): number {
  return numberOf(args.at(-1));
}

/** Options come before the word STREAMS, keys after it. */
function blockOption(args: readonly unknown[]): number {
  const words = args.map((arg) => textOf(arg).toLowerCase());
  const at = words.indexOf("block");
  const streams = words.indexOf("streams");
  return at === -1 || (streams !== -1 && streams < at) ? Number.NaN : numberOf(args[at + 1]);
}

function numberOf(arg: unknown): number {
  const text = textOf(arg);
  return text === "" ? Number.NaN : Number(text);
}

/** No text of an application's own objects is asked for here: that may fail, with anything in its message. */
function textOf(arg: unknown): string {
  if (arg instanceof Uint8Array) return Buffer.from(arg).toString();
  return typeof arg === "string" || typeof arg === "number" ? String(arg) : "";
}
