import { spawnSync } from "node:child_process";
import { printableLines } from "../evidence/printable";
import { notRoot } from "./script";

/** Where a script is run. */
export interface Place {
  /** The command that reads the script on its standard input. */
  readonly command: readonly [string, ...string[]];
  /** As the record names it. */
  readonly name: string;
}

export const thisMachine: Place = { command: ["sh", "-s"], name: "this machine" };

/** A host that an operator signs in to, with sudo there, by ssh(1) and its configuration. */
export function bySsh(destination: string, options: readonly string[]): Place {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._@:%[\]-]*$/.test(destination)) {
    throw new Error(
      `--ssh: got ${JSON.stringify(destination)}. Give a destination as ssh(1) takes it, such as ada@10.0.0.100.`,
    );
  }
  const flags = options.flatMap((option) => ["-o", option]);
  return { command: ["ssh", ...flags, "--", destination, "sudo", "sh", "-s"], name: `ssh ${destination}` };
}

/**
 * Runs a script there and returns what it printed. Its errors go to the terminal when it has ended, in a form that a terminal obeys
 * nothing of; questions of ssh(1) go there themselves.
 *
 * @throws Error when it did not come to its end.
 */
export function runScript({ command, name }: Place, script: string): string {
  const [file, ...args] = command;
  const { error, status, stdout, stderr } = spawnSync(file, args, {
    input: script,
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
  });
  if (error !== undefined) throw new Error(`${file} could not be run: ${error.message}`);
  process.stderr.write(saidBy(file, stderr));
  if (status === notRoot)
    throw new Error(
      "The checks of a host look at what only root can see: sign in with --ssh, or have root run the script that --print-script prints (docs/verify.md).",
    );
  if (status !== 0)
    throw new Error(
      `The checks could not be run on ${name}: ${file} ended with ${String(status)}; see its own message above.`,
    );
  return stdout;
}

/** None of it can be taken for a line of ours. */
function saidBy(file: string, text: string): string {
  const lines = printableLines(text).split("\n");
  return lines.map((line, index) => (line === "" && index === lines.length - 1 ? "" : `${file}: ${line}`)).join("\n");
}
