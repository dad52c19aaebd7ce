import type { Options } from "execa";
import type { Layer } from "../layers.js";

/** Where a layer's lines go. */
export interface Output {
  readonly say: (text: string) => void;
  /** For a process whose lines are shown as they come. */
  readonly stdio: Pick<Options, "stdin" | "stdout" | "stderr">;
}

/** Alone, a layer has the terminal. Beside others each of its lines begins with its name, as `docker compose` has it. */
export function outputOf({ name }: Layer, isBeside: boolean): Output {
  if (!isBeside) return { say: console.log, stdio: { stdin: "inherit", stdout: "inherit", stderr: "inherit" } };
  const prefixed = (line: string): string => `${name.padEnd(nameWidth)} | ${line}`;
  const lines = function* (line: unknown): Generator<string> {
    yield prefixed(String(line));
  };
  return {
    say: (text) => {
      console.log(text.split("\n").map(prefixed).join("\n"));
    },
    stdio: { stdin: "ignore", stdout: [lines, "inherit"], stderr: [lines, "inherit"] },
  };
}

/** Of the longest name of a layer. */
const nameWidth = 11;
