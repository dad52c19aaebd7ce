import { Socket } from "node:net";

type Callback = (error?: Error | null) => void;

/** What is held back goes out at once when it is this much: more saves no system call worth the wait. */
const mostHeldBytes = 64 * 1024;

/**
 * A socket that sends what is written in one turn of the event loop together. ioredis writes each command by itself,
 * a system call and a small packet each, and a tunnel behind it then encrypts each as a record of its own.
 *
 * Order and back-pressure are the stream's own: `cork()` holds writes in its buffer, `uncork()` hands them over in one
 * `writev`. `end()` sends what is held; `destroy()` drops it, as it drops whatever the kernel has not yet taken.
 */
export class BatchingSocket extends Socket {
  #holding = false;

  override write(
    chunk: Uint8Array | string,
    encodingOrCallback?: BufferEncoding | Callback,
    callback?: Callback,
  ): boolean {
    this.#hold();
    const hasRoom =
      typeof encodingOrCallback === "function"
        ? super.write(chunk, encodingOrCallback)
        : super.write(chunk, encodingOrCallback, callback);
    if (this.writableLength >= mostHeldBytes) this.#release();
    return hasRoom;
  }

  #hold(): void {
    if (this.#holding) return;
    this.#holding = true;
    this.cork();
    // Runs after the input that is there now has been handled, and before the event loop waits for more.
    setImmediate(() => {
      this.#release();
    });
  }

  #release(): void {
    if (!this.#holding) return;
    this.#holding = false;
    this.uncork();
  }
}
