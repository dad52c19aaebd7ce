import { gunzipSync } from "node:zlib";
import type { CommandResult } from "../evidence/check";
import { resultsHeader } from "./script";

/**
 * What the script of these commands has printed, as a result for each of them; `undefined` for one that it did not come to.
 *
 * @throws Error when it is not what that script prints.
 */
export function readResults(commands: readonly string[], printed: string): (CommandResult | undefined)[] {
  const header = resultsHeader(commands);
  const start = printed.indexOf(header);
  if (start === -1) {
    throw new Error(
      /-results [0-9a-f]{64}/.test(printed)
        ? "These are results of another cache, another role or another version of this library: print the script anew, and run that one."
        : "These are no results of a script of `verify --print-script`.",
    );
  }
  const results = new Map(unpack(printed.slice(start + header.length)).map(readLine));
  return commands.map((_, index) => results.get(index));
}

function unpack(text: string): string[] {
  try {
    return gunzipSync(Buffer.from(text, "base64")).toString("utf8").split("\n").slice(0, -1);
  } catch (error) {
    throw new Error("The results are cut off or were changed on their way: run the script again.", {
      cause: error,
    });
  }
}

function readLine(line: string): [number, CommandResult] {
  const [, index, exitCode, stdout = ""] = /^(\d+) (\d+) ([A-Za-z0-9+/=]*)$/.exec(line) ?? [];
  if (index === undefined)
    throw new Error(`The results have a line that no check prints: ${line.slice(0, 80)}`);
  return [
    Number(index),
    { exitCode: Number(exitCode), stdout: Buffer.from(stdout, "base64").toString("utf8") },
  ];
}
