import { Redis } from "ioredis";

const known = new Set([...Redis.prototype.getBuiltinCommands(), "monitor"]);

/** The name of a command that ioredis knows; another may be anything that an application has at hand. */
export function publicName(name: unknown): string {
  const text = String(name);
  return isKnown(text) ? text : unknownName;
}

export function isKnown(name: string): boolean {
  return known.has(name) || known.has(name.toLowerCase());
}

const unknownName = "unknown";
