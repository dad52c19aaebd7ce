import type { Socket } from "node:net";

type Callback = (error?: Error | null) => void;

/** Text that is held back goes out at once when it is this long: more saves no system call worth the wait. */
const longestHeldText = 64 * 1024;

/**
 * So many texts are sent without waiting for more: the tunnel and Redis work on them while the application makes the
 * next, where all of a turn in one would have each wait for the others (docs/performance.md).
 */
const mostHeldTexts = 24;

/**
 * Makes a socket, once `connect()` has been called on it, send the text that is written in one turn of the event loop
 * together. ioredis writes each command by itself, a system call and a small packet each, and a tunnel behind it then
 * encrypts each as a record of its own. Joining texts measures better than `cork()` with its list of chunks.
 *
 * Where answer and command take turns, as with one command in flight, there is nothing to join: each then goes out at
 * once, so that it does not wait for the end of its turn.
 *
 * The order stays: whatever else is written, and the end of the stream, comes behind what is held. `destroy()` drops
 * it, as it drops whatever the kernel has not yet taken.
 */
export function batchWrites(socket: Socket): void {
  // Not overrides in a subclass: `connect()` gives each socket Node.js's own `write` again.
  const write = socket.write.bind(socket);
  const end = socket.end.bind(socket);
  let [held, texts] = ["", 0];
  /** Commands since the last answer, and whether there was a single one before it. */
  let [sinceAnswer, alternating] = [0, false];
  const release = (): void => {
    const text = held;
    [held, texts] = ["", 0];
    if (text !== "" && socket.writable) write(text);
  };
  const hold = (text: string): boolean => {
    // Runs after the input that is there now has been handled, and before the event loop waits for more.
    if (held === "") setImmediate(release);
    held += text;
    texts += 1;
    if (held.length >= longestHeldText || texts >= mostHeldTexts) release();
    return !socket.writableNeedDrain;
  };
  socket.on("data", () => {
    // The parts of a long answer have no command between them: they tell nothing.
    if (sinceAnswer > 0) alternating = sinceAnswer === 1;
    sinceAnswer = 0;
  });
  socket.write = (
    chunk: Uint8Array | string,
    encodingOrCallback?: BufferEncoding | Callback,
    callback?: Callback,
  ): boolean => {
    sinceAnswer += 1;
    if (typeof chunk === "string" && encodingOrCallback === undefined && callback === undefined) {
      return alternating && sinceAnswer === 1 && held === "" ? write(chunk) : hold(chunk);
    }
    release();
    return typeof encodingOrCallback === "function"
      ? write(chunk, encodingOrCallback)
      : write(chunk, encodingOrCallback, callback);
  };
  socket.end = (...rest: unknown[]): Socket => {
    release();
    return (end as (...rest: unknown[]) => Socket)(...rest);
  };
}
