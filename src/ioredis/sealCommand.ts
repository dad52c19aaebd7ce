import type { Command } from "ioredis";
import { blockingWaitMs } from "./blockingWait";
import { publicName } from "./commandName";
import type { OwnOptions } from "./ownOptions";
import { isError, safeError, type CommandOfError } from "./safeError";

/** A command of ioredis, with what it says to nobody; both majors have it, but for the last. */
interface Open {
  name: string;
  args: readonly unknown[];
  pipelineIndex?: number;
  reject?: (error: Error) => void;
  toWritable: (socket: object) => string | Buffer;
  transformReply: (reply: unknown) => unknown;
  extractBlockingTimeout?: () => unknown;
  [description]?: () => CommandOfError;
  [safeReject]?: (error: Error) => void;
  [waitMs]?: number;
  [sentTo]?: string;
}

/** Where a client sends its commands; in a cluster a command may be sent to several nodes, one after another. */
export type Way = Pick<OwnOptions, "host" | "port" | "path" | "blocking">;

const description = Symbol("what errors tell of the command");
const safeReject = Symbol("the rejection that errors pass");
const waitMs = Symbol("how long it may wait at the cache");
const sentTo = Symbol("where it was sent last");

/**
 * Makes a command of ioredis keep to itself what it sends: whoever looks at `args` finds a "?" for each, and so do
 * ioredis's own errors, its debug output and its tracing. The arguments are there only while ioredis writes them, and
 * turns an answer into what the caller gets. Every error that the command ends in is a safe one.
 *
 * Returns false for one that can't be sent: one of its arguments has no text.
 */
export function sealCommand(given: Command, way: Way): boolean {
  const command = given as unknown as Open;
  command[sentTo] = way.path ?? `${way.host ?? ""}:${way.port ?? ""}`;
  if (command[description] === undefined) hideArguments(command, way.blocking === true);
  // A pipeline that is sent once more gives its commands new promises.
  if (command.reject !== command[safeReject]) guardRejection(command);
  return command.reject !== undefined;
}

/** What errors tell of a command that has been sealed. */
export function describeCommand(command: object): CommandOfError | undefined {
  return (command as Open)[description]?.();
}

/** How long the cache may wait with its answer to a command, in milliseconds; known on a blocking connection alone. */
export function waitOf(command: object): number {
  return (command as Open)[waitMs] ?? 0;
}

function hideArguments(command: Open, isBlocking: boolean): void {
  let { name, args } = command;
  if (isBlocking) command[waitMs] = blockingWaitMs(name, args);
  let shownName = publicName(name);
  const shown = new Array<string>(args.length).fill("?");
  const hide = (): void => {
    if (command.args !== shown) args = command.args;
    // A script is called by its SHA-1 or by its text, as its last call has come to be.
    if (command.name !== shownName && command.name !== name) {
      name = command.name;
      shownName = publicName(name);
    }
    command.name = shownName;
    // Ioredis learns from this command which database a reconnection has to choose.
    command.args = name === "select" && /^\d{1,4}$/.test(String(args[0])) ? args : shown;
  };
  const opened =
    <Given extends unknown[], Result>(method: (this: Open, ...given: Given) => Result) =>
    (...given: Given): Result => {
      command.name = name;
      command.args = args;
      try {
        return method.apply(command, given);
      } catch (error) {
        throw safeError(error, command[description]?.());
      } finally {
        hide();
      }
    };
  const { transformReply, extractBlockingTimeout } = command;
  command[description] = () => describe(name, args, command);
  command.toWritable = opened(command.toWritable);
  command.transformReply = opened(function (reply) {
    return transformReply.call(this, withSafeErrors(reply));
  });
  if (extractBlockingTimeout !== undefined) command.extractBlockingTimeout = opened(extractBlockingTimeout);
  hide();
}

function guardRejection(command: Open): void {
  const { reject } = command;
  if (reject === undefined) return;
  command.reject = command[safeReject] = (error) => {
    reject.call(command, safeError(error, command[description]?.()));
  };
}

function describe(name: string, args: readonly unknown[], { [sentTo]: to = "", pipelineIndex }: Open): CommandOfError {
  return {
    name: publicName(name),
    args: args.map((arg) => `${typeof arg === "string" ? Buffer.byteLength(arg) : lengthOf(arg)} bytes`),
    to,
    ...(pipelineIndex === undefined ? {} : { pipelineIndex }),
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
