import { join } from "node:path";
import type { Registered } from "./mocks.js";

/** The committed list of what the quickstart's components register. */
export const childrenFile = join(import.meta.dirname, "children.txt");

/** What a program registers, a line for each, in the form of that list. */
export function childrenOf(resources: readonly Registered[]): string {
  const lines = resources.map(({ parentType, type, name }) => `${parentType || "stack"} > ${type} ${name}`);
  return `${lines.sort().join("\n")}\n`;
}
