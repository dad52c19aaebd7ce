import { format, inspect, types } from "node:util";
import type { Debug } from "./ioredisMajors.js";

/** All that an application could log: what it is handed, and what is printed on the way. */
export interface Heard {
  readonly handed: unknown[];
  readonly printed: string[];
  /** What ioredis writes when DEBUG=ioredis:* is set. */
  readonly debugged: string[];
}

/** Listens to the console and to ioredis's debug output while something runs. */
export async function eavesdrop(debug: Debug, run: (handed: unknown[]) => Promise<void>): Promise<Heard> {
  const heard: Heard = { handed: [], printed: [], debugged: [] };
  const console_ = { error: console.error, warn: console.warn, log: console.log };
  const { log } = debug;
  const print = (...parts: unknown[]): void => {
    heard.printed.push(format(...parts));
  };
  Object.assign(console, { error: print, warn: print, log: print });
  debug.log = (...parts) => {
    heard.debugged.push(format(...parts));
  };
  debug.enable("ioredis:*");
  try {
    await run(heard.handed);
  } finally {
    debug.disable();
    debug.log = log;
    Object.assign(console, console_);
  }
  return heard;
}

/** The secrets that are in what was heard, however they are written. */
export function secretsIn(heard: readonly unknown[], secrets: readonly string[]): string[] {
  const text = heard.map(allOf).join("\n").toLowerCase();
  return secrets.filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)));
}

/** As text, and as bytes in the ways in which Node.js shows them. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  return [secret.toLowerCase(), hex, hex.replaceAll(/(..)(?=.)/g, "$1 "), bytes.join(","), bytes.join(", ")];
}

/** Everything that there is in it, hidden properties as well. */
function allOf(heard: unknown): string {
  const hidden = inspect(heard, {
    depth: 12,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
    breakLength: Infinity,
  });
  const stack = types.isNativeError(heard) ? `${heard.stack ?? ""}\n${heard.message}\n${String(heard)}` : "";
  return `${hidden}\n${stack}\n${json(heard)}`;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // What leads back to itself has been inspected.
    return "";
  }
}
