import { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { AbstractConnector } from "ioredis";
import { batchWrites } from "../../../src/ioredis/batchWrites.js";

/**
 * A tunnel and a Redis in memory, where time passes by the test's clock alone. It takes every connection and answers at
 * once. While it is silent it does the same as a stopped process behind the kernel's queue: it takes connections and
 * bytes, and answers what has not been given up when it goes on.
 */
export class FakeCache {
  readonly connections: Connection[] = [];
  #silent = false;

  get silent(): boolean {
    return this.#silent;
  }

  set silent(silent: boolean) {
    this.#silent = silent;
    if (!silent) for (const connection of this.connections) connection.goOn();
  }

  /** In place of `BatchingConnector`, the same but for the socket. */
  connector(): new (options: unknown) => AbstractConnector {
    const open = (): Connection => {
      const connection = new Connection(() => this.#silent);
      this.connections.push(connection);
      return connection;
    };
    return class extends AbstractConnector {
      constructor(options: unknown) {
        super((options as { disconnectTimeout: number }).disconnectTimeout);
      }
      override connect(): Promise<Socket> {
        this.connecting = true;
        const socket = open() as unknown as Socket;
        batchWrites(socket);
        this.stream = socket;
        return Promise.resolve(socket);
      }
    };
  }
}

class Connection extends Duplex {
  connecting = true;
  readonly #isSilent: () => boolean;
  #unanswered: string[] = [];
  #isEnding = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(isSilent: () => boolean) {
    super();
    this.#isSilent = isSilent;
    process.nextTick(() => {
      this.connecting = false;
      this.emit("connect");
    });
  }

  goOn(): void {
    if (this.#isSilent() || this.destroyed) return;
    for (const text of this.#unanswered.splice(0)) this.push(answersTo(text));
    if (this.#isEnding) this.push(null);
  }

  override _read(): void {
    // Answers are pushed when they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#unanswered.push(chunk.toString());
    done();
    setImmediate(() => {
      this.goOn();
    });
  }

  override _final(done: () => void): void {
    this.#isEnding = true;
    done();
    setImmediate(() => {
      this.goOn();
    });
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(milliseconds: number, then?: () => void): this {
    clearTimeout(this.#timer);
    if (milliseconds > 0 && then !== undefined) this.#timer = setTimeout(then, milliseconds);
    return this;
  }
}

/** Commands come whole, as ioredis writes them (redis.io, "RESP protocol spec"). */
function answersTo(text: string): string {
  return [...text.matchAll(/\*\d+\r\n((?:\$\d+\r\n.*\r\n)+)/g)]
    .map(([, words = ""]) => {
      const [name, argument = ""] = words.split("\r\n").filter((_, index) => index % 2 === 1);
      switch (name?.toLowerCase()) {
        case "hello":
          return "%1\r\n+server\r\n+redis\r\n";
        case "info":
          return bulk("redis_version:7.0.15");
        case "blpop":
          // Waits: the test answers by `push`.
          return "";
        case "echo":
          return bulk(argument);
        default:
          return "+OK\r\n";
      }
    })
    .join("");
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}
