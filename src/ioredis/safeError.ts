import { isIP } from "node:net";
import { getSystemErrorMap, types } from "node:util";
import { isClientSocket } from "../host/connectionFile";
import { redisCode, safeMessage } from "./safeMessage";

/** What an error tells of the command that it is of: how much was sent, not what. */
export interface CommandOfError {
  /** "unknown" where ioredis knows no such command. */
  readonly name: string;
  /** In place of each argument how long it is: `"7 bytes"`. */
  readonly args: readonly string[];
  /** The address that it was sent to, or the path of the Unix socket. */
  readonly to: string;
  /** Its place in a pipeline or transaction, from 0 on. */
  readonly pipelineIndex?: number;
}

/**
 * An error that tells what went wrong and with which command, and holds nothing of what was sent or stored: of the same
 * class, with the text of the message where it is known to be harmless, with its code and where in the network it was.
 * Everything else that the given one has is left behind. One that was made here is returned as it is.
 */
export function safeError(error: unknown, command?: CommandOfError): Error {
  return made.has(error as Error) ? (error as Error) : make(error, command, deepest);
}

/** Errors of this and of other realms. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

const made = new WeakSet<Error>();

/** Errors in errors may lead back to themselves. */
const deepest = 8;

function make(error: unknown, command: CommandOfError | undefined, depth: number): Error {
  const given: Given = isError(error) ? (error as unknown as Given) : {};
  const facts = networkFacts(given);
  const message = typeof given.message === "string" ? given.message : "";
  const safe = new Error(inWords(facts) ?? safeMessage(message) ?? leftOut(redisCode(message), command));
  takeClass(safe, error);
  Object.assign(safe, facts, command === undefined ? {} : { command });
  const inner = (each: unknown): Error => make(each, undefined, depth - 1);
  for (const [name, value] of depth === 0 ? [] : errorsIn(given)) {
    Object.defineProperty(safe, name, {
      value: Array.isArray(value) ? value.map(inner) : inner(value),
      enumerable: false,
      writable: true,
      configurable: true,
    });
  }
  made.add(safe);
  return safe;
}

type Given = Readonly<Record<string, unknown>>;

/** What errors hold other errors in: JavaScript, Node.js when it tries several addresses, and ioredis. */
function errorsIn(given: Given): [string, unknown][] {
  const single = ["cause", "lastNodeError"].filter((name) => isError(given[name]));
  const several = ["errors", "previousErrors"].filter((name) => Array.isArray(given[name]));
  return [...single, ...several].map((name) => [name, given[name]]);
}

/** The class alone: what is the error's own, its name with it, stays behind. The stack is that of this place. */
function takeClass(safe: Error, error: unknown): void {
  if (!isError(error)) return;
  const prototype = Object.getPrototypeOf(error) as object | null;
  if ((prototype as Partial<Error> | null)?.constructor.prototype !== prototype) return;
  Object.setPrototypeOf(safe, prototype);
  // Classes of the web platform have names that only their own instances can tell.
  if (!hasName(safe)) Object.setPrototypeOf(safe, Error.prototype);
  Error.captureStackTrace(safe, safeError);
}

function hasName(error: Error): boolean {
  try {
    return typeof error.name === "string";
  } catch {
    return false;
  }
}

interface NetworkFacts {
  readonly code?: string;
  readonly errno?: number;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
}

const systemCodes = new Set([...getSystemErrorMap().values()].map(([code]) => code));
const systemCalls = new Set(["connect", "read", "write", "shutdown"]);

/** Of an error of the operating system: what was tried, at which address, and what it answered. */
function networkFacts({ code, errno, syscall, address, port }: Given): NetworkFacts {
  if (typeof code !== "string" || !systemCodes.has(code)) return {};
  return {
    code,
    ...(Number.isInteger(errno) ? { errno: errno as number } : {}),
    ...(systemCalls.has(syscall as string) ? { syscall: syscall as string } : {}),
    ...(typeof address === "string" && (isIP(address) !== 0 || isClientSocket(address)) ? { address } : {}),
    ...(Number.isInteger(port) ? { port: port as number } : {}),
  };
}

/** As Node.js has it. */
function inWords({ code, syscall, address, port }: NetworkFacts): string | undefined {
  if (code === undefined) return undefined;
  const where = address === undefined || port === undefined ? address : `${address}:${port}`;
  return [syscall, code, where].filter((part) => part !== undefined).join(" ");
}

/** In place of a message that may hold anything. */
function leftOut(code: string | undefined, command: CommandOfError | undefined): string {
  const what = command === undefined ? "" : `${command.name} with ${lengths(command.args)} failed: `;
  return `${code === undefined ? "" : `${code} `}${what}the message is left out, it may repeat what was sent or stored`;
}

const mostLengths = 8;

function lengths(args: readonly string[]): string {
  if (args.length === 0) return "no arguments";
  const more = args.length > mostLengths ? ", …" : "";
  const count = args.length === 1 ? "1 argument" : `${args.length} arguments`;
  return `${count} (${args.slice(0, mostLengths).join(", ")}${more})`;
}
