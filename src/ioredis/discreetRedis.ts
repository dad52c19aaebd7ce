import { inspect } from "node:util";
import { Redis, type Callback, type Command, type RedisOptions } from "ioredis";
import { refuseTimeouts, type OwnOptions } from "./ownOptions";
import { isError, safeError } from "./safeError";
import { describeCommand, sealCommand } from "./sealCommand";
import { sealPipelines, withSafeFailure } from "./sealPipeline";
import { noteError, Transactions } from "./transactions";
import { failTransactions, failUnanswered, stopSocketTimeout } from "./unanswered";
import { waitForBlocked } from "./waitForBlocked";
import { noLongerWatched, Watched } from "./watched";

/** Modes of ioredis that show what others send, or need to see in commands what is hidden. */
const refused = { monitor: false, himportFieldsets: undefined } as const satisfies RedisOptions;

type Item = Parameters<Redis["handleReconnection"]>[1];
type Stream = Parameters<Redis["sendCommand"]>[1];

/**
 * An ioredis client that tells no value, key or password: not in an error, whichever way that comes out, nor in its
 * events, warnings, debug output and traces. What is sent is hidden where ioredis takes a command (`sealCommand`), what
 * comes back as an error where it hands it on. See docs/errors.md.
 */
export class DiscreetRedis extends Redis {
  readonly #transactions = new Transactions();
  readonly #watched: Watched;
  /** The application's own, on a connection whose commands may wait for longer. */
  readonly #silenceMs: number | undefined;

  /** The connections of a cluster's client know together what is watched. */
  constructor(options: OwnOptions, watched = new Watched()) {
    refuseTimeouts(options);
    // The types of the answers follow this option: those of connect() are the usual ones.
    super({ ...options, ...refused } as RedisOptions & { replyMapping?: "legacy" });
    this.#watched = watched;
    if (options.blocking !== true || options.socketTimeout === undefined) return;
    this.#silenceMs = options.socketTimeout;
    waitForBlocked(this, options.socketTimeout);
  }

  /** Fails with what a connector of the application's own says. */
  override connect(callback?: Callback<void>): Promise<void> {
    const connected = super.connect().catch((error: unknown) => {
      throw safeError(error);
    });
    hidePassword(this.condition);
    return withCallback(connected, callback);
  }

  override sendCommand(command: Command, stream?: Stream): unknown {
    this.#transactions.note(command);
    const isSealed = sealCommand(command, this.options);
    if (this.#isWritten(stream) && !this.#watched.admits(command, this)) return refuse(command, stream);
    if (isSealed) return super.sendCommand(command, stream);
    const failed = withSafeFailure(command);
    // A pipeline listens to the command itself.
    if (stream !== undefined) failed.catch(() => undefined);
    return failed;
  }

  /** Every error that Redis answers with comes here, and from here to `reconnectOnError`. */
  override handleReconnection(error: Error, item: Item): void {
    const safe = safeError(error, describeCommand(item.command));
    noteError(item.command, safe);
    super.handleReconnection(safe, item);
  }

  /** ioredis tells of what becomes of a connection before it does anything about it. */
  override emit(event: string | symbol, ...rest: unknown[]): boolean {
    if (event === "close") {
      stopSocketTimeout(this);
      this.#watched.left(this);
    }
    if (event === "reconnecting") {
      const fail = this.options.autoResendUnfulfilledCommands === false ? failUnanswered : failTransactions;
      fail(this);
    }
    return super.emit(event, ...rest.map((each) => (event === "error" || isError(each) ? safeError(each) : each)));
  }

  /** Without a listener it prints the error. */
  override silentEmit(event: string, ...rest: [unknown?]): boolean {
    return super.silentEmit(event, ...rest.map((each) => (isError(each) ? safeError(each) : each)));
  }

  override duplicate(override?: Partial<RedisOptions>): ReturnType<Redis["duplicate"]> {
    const { password } = this.options;
    // Not what the option is while a command waits.
    const own = this.#silenceMs === undefined ? {} : { socketTimeout: this.#silenceMs };
    return new DiscreetRedis({ ...this.options, password, ...own, ...override });
  }

  /** MONITOR shows what every client sends. */
  override monitor(callback?: Callback<Redis>): Promise<Redis> {
    return refuseMonitor(callback);
  }

  /** Else it waits, and comes here once more. */
  #isWritten(stream: Stream): boolean {
    return this.status === "ready" || (this.status === "connect" && stream === undefined);
  }

  [inspect.custom](): string {
    return `connect() ${JSON.stringify(this)}`;
  }

  toJSON(): object {
    const { host, port, path, username } = this.options;
    const where = path === undefined ? { host, port } : { path };
    return { status: this.status, ...where, username };
  }
}

export function withCallback(connected: Promise<void>, callback?: Callback<void>): Promise<void> {
  if (callback === undefined) return connected;
  void connected.then(() => {
    callback(null);
  }, callback);
  return connected;
}

export function refuseMonitor(callback?: Callback<Redis>): Promise<never> {
  const error = new Error("connect() has no monitor(): MONITOR is locked in the cache, and would show every value.");
  callback?.(error);
  const refusal = Promise.reject(error);
  if (callback !== undefined) refusal.catch(() => undefined);
  return refusal;
}

function refuse(command: Command, stream: Stream): unknown {
  command.reject(new Error(noLongerWatched));
  // A pipeline counts what is written, and is sent once that is all of it.
  stream?.write("");
  return command.promise;
}

/** What a connection begins with is there to be read, not to be shown. */
function hidePassword(condition: Redis["condition"]): void {
  const auth = condition?.auth;
  if (auth !== undefined) Object.defineProperty(condition, "auth", { enumerable: false, get: () => auth });
}

sealPipelines<DiscreetRedis>(DiscreetRedis.prototype, Redis.prototype, {
  seal: (client, command) => sealCommand(command, client.options),
});

type Context = (this: unknown, ...given: unknown[]) => object;

/** Newer versions tell Node.js's tracing channels of each command (diagnostics_channel), and of its answer: not that. */
for (const name of ["_buildCommandContext", "_buildBatchContext"]) {
  const build = (Redis.prototype as unknown as Record<string, Context | undefined>)[name];
  if (build === undefined) continue;
  const value: Context = function (...given) {
    return Object.defineProperty(build.apply(this, given), "result", {
      get: () => undefined,
      set: () => undefined,
    });
  };
  Object.defineProperty(DiscreetRedis.prototype, name, { value });
}
