import type { Command } from "ioredis";
import { blockingWaitMs } from "./blockingWait";
import { publicName } from "./commandName";
import type { OwnOptions } from "./ownOptions";
import { isError, safeError, type CommandOfError } from "./safeError";

/** A command of ioredis, with what it says to nobody; both majors have it, but for the last of its own. */
interface Open {
  name: string;
  args: readonly unknown[];
  pipelineIndex?: number;
  reject?: (error: Error) => void;
  toWritable: (socket: object) => string | Buffer;
  transformReply: (reply: unknown) => unknown;
  extractBlockingTimeout?: () => unknown;
  [seal]?: Seal;
  [safeReject]?: (error: Error) => void;
}

/** Where a client sends its commands; in a cluster a command may be sent to several nodes, one after another. */
export type Way = Pick<OwnOptions, "host" | "port" | "path" | "blocking">;

const seal = Symbol("what the command sends, for itself");
const safeReject = Symbol("the rejection that errors pass");

/**
 * Makes a command of ioredis keep to itself what it sends: whoever looks at `args` finds a "?" for each, and so do
 * ioredis's own errors, its debug output and its tracing. The arguments are there only while ioredis writes them, and
 * turns an answer into what the caller gets. Every error that the command ends in is a safe one.
 *
 * Returns false for one that can't be sent: one of its arguments has no text.
 */
export function sealCommand(given: Command, way: Way): boolean {
  const command = given as unknown as Open;
  if (command[seal] === undefined) hideArguments(command, way);
  else command[seal].isSentTo(way);
  // A pipeline that is sent once more gives its commands new promises.
  if (command.reject !== command[safeReject]) guardRejection(command);
  return command.reject !== undefined;
}

/** What errors tell of a command that has been sealed. */
export function describeCommand(command: object): CommandOfError | undefined {
  return (command as Open)[seal]?.describe();
}

/** How long the cache may wait with its answer to a command, in milliseconds; known on a blocking connection alone. */
export function waitOf(command: object): number {
  return (command as Open)[seal]?.waitMs ?? 0;
}

/** The methods are the same for all commands: made anew for each, they would take longer than all else here. */
function hideArguments(command: Open, way: Way): void {
  command[seal] = new Seal(command, way);
  command.toWritable = toWritable;
  command.transformReply = transformReply;
  if (command.extractBlockingTimeout !== undefined) command.extractBlockingTimeout = extractBlockingTimeout;
}

type Sealed = Open & { readonly [seal]: Seal };

function toWritable(this: Open, socket: object): string | Buffer {
  return (this as Sealed)[seal].write(socket);
}

function transformReply(this: Open, reply: unknown): unknown {
  return (this as Sealed)[seal].transform(reply);
}

function extractBlockingTimeout(this: Open): unknown {
  return (this as Sealed)[seal].blockingTimeout();
}

/** What a command sends, and ioredis's own methods, which need it. Nothing in it is shown by printing it or making it JSON. */
class Seal {
  readonly #command: Open;
  readonly #toWritable: Open["toWritable"];
  readonly #transformReply: Open["transformReply"];
  readonly #extractBlockingTimeout: Open["extractBlockingTimeout"];
  readonly #waitMs: number;
  readonly #shown: readonly string[];
  #to: Way;
  #shownName: string;
  #name: string;
  #args: readonly unknown[];

  constructor(command: Open, way: Way) {
    const { name, args } = command;
    this.#command = command;
    this.#toWritable = command.toWritable;
    this.#transformReply = command.transformReply;
    this.#extractBlockingTimeout = command.extractBlockingTimeout;
    this.#to = whereOf(way);
    this.#waitMs = way.blocking === true ? blockingWaitMs(name, args) : 0;
    this.#name = name;
    this.#args = args;
    this.#shownName = publicName(name);
    this.#shown = new Array<string>(args.length).fill("?");
    this.#hide();
  }

  /** To another node than before, it may be. */
  isSentTo(way: Way): void {
    this.#to = whereOf(way);
  }

  get waitMs(): number {
    return this.#waitMs;
  }

  write(socket: object): string | Buffer {
    return this.#opened(this.#toWritable, socket);
  }

  transform(reply: unknown): unknown {
    return this.#opened(this.#transformReply, withSafeErrors(reply));
  }

  blockingTimeout(): unknown {
    return this.#extractBlockingTimeout && this.#opened(this.#extractBlockingTimeout, undefined);
  }

  describe(): CommandOfError {
    const { path, host = "", port = "" } = this.#to;
    const { pipelineIndex } = this.#command;
    return {
      name: publicName(this.#name),
      args: this.#args.map((arg) => `${typeof arg === "string" ? Buffer.byteLength(arg) : lengthOf(arg)} bytes`),
      to: path ?? `${host}:${port}`,
      ...(pipelineIndex === undefined ? {} : { pipelineIndex }),
    };
  }

  #opened<Given, Result>(method: (this: Open, given: Given) => Result, given: Given): Result {
    const command = this.#command;
    command.name = this.#name;
    command.args = this.#args;
    try {
      return method.call(command, given);
    } catch (error) {
      throw safeError(error, this.describe());
    } finally {
      this.#hide();
    }
  }

  #hide(): void {
    const command = this.#command;
    if (command.args !== this.#shown) this.#args = command.args;
    // A script is called by its SHA-1 or by its text, as its last call has come to be.
    if (command.name !== this.#shownName && command.name !== this.#name) {
      this.#name = command.name;
      this.#shownName = publicName(this.#name);
    }
    command.name = this.#shownName;
    // Ioredis learns from this command which database a reconnection has to choose.
    command.args = this.#name === "select" && /^\d{1,4}$/.test(String(this.#args[0])) ? this.#args : this.#shown;
  }
}

/** Of that moment: a client's options change when it is connected to another node. */
function whereOf({ host, port, path }: Way): Way {
  return path === undefined ? { host, port } : { path };
}

function guardRejection(command: Open): void {
  const { reject } = command;
  if (reject === undefined) return;
  command.reject = command[safeReject] = (error) => {
    reject.call(command, safeError(error, command[seal]?.describe()));
  };
}

function lengthOf(arg: unknown): number | "?" {
  return arg instanceof Uint8Array ? arg.length : "?";
}

/** An answer may hold errors: those of a transaction's commands, or what a script returns. */
function withSafeErrors(reply: unknown): unknown {
  if (typeof reply !== "object" || reply === null || Buffer.isBuffer(reply)) return reply;
  if (isError(reply)) return safeError(reply);
  if (Array.isArray(reply)) return reply.map(withSafeErrors);
  for (const [key, value] of Object.entries(reply)) {
    const safe = withSafeErrors(value);
    if (safe !== value) Object.defineProperty(reply, key, { value: safe });
  }
  return reply;
}
