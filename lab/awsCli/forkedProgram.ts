import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program `aws` that asks the server which listens there. It may take the place of Debian's at any time: that one is Python's as well,
 * and a Python that the kernel has started by the old file opens the new one.
 */
export function forkedProgram(socket: string): string {
  const client = readFileSync(join(import.meta.dirname, "client.py"), "utf8");
  return ["#!/usr/bin/python3 -IS", "import sys", `sys.argv.insert(1, ${JSON.stringify(socket)})`, client].join("\n");
}
