import { gzipSync } from "node:zlib";
import type { Command } from "commander";
import type { Target } from "../../../src/evidence/target.js";
import type { CommandResult } from "../../../src/evidence/check.js";
import { newChallenge, type Challenge } from "../../../src/verify/challenge.js";
import { checkScript, resultsHeader } from "../../../src/verify/script.js";
import { questionsOf, type Question } from "../verify/answers/questions.js";

export interface Ran {
  /** What it said, line by line. */
  readonly said: string[];
  readonly exitCode: number | string | undefined;
}

/** Runs a command of the command line in this process, as a user would with these arguments. */
export function runCommand(command: Command, ...args: readonly string[]): Ran {
  const { log } = console;
  const { exitCode: before } = process;
  const write = process.stdout.write.bind(process.stdout);
  const said: string[] = [];
  console.log = (line: string) => said.push(...line.split("\n"));
  process.stdout.write = (text: string | Uint8Array) => said.push(...String(text).split("\n")) > 0;
  command.configureOutput({ writeErr: () => undefined, writeOut: (text) => said.push(text) });
  try {
    process.exitCode = 0;
    command.parse(args, { from: "user" });
    return { said, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    process.stdout.write = write;
    console.log = log;
  }
}

/** A script of a target, as it is printed. */
export function scriptOf(target: Target): { readonly challenge: Challenge; readonly script: string } {
  const challenge = newChallenge();
  const commands = questionsOf(target).map(({ check }) => check.command);
  return { challenge, script: checkScript(target, commands, challenge) };
}

/** What that script prints where every command is answered so. */
export function resultsOf(target: Target, challenge: Challenge, answer: (question: Question) => CommandResult): string {
  const asked = questionsOf(target);
  const lines = asked.map(answer).map(({ exitCode, stdout }, index) => {
    return `${index} ${exitCode} ${Buffer.byteLength(stdout)}\n${stdout}\n`;
  });
  const header = resultsHeader(
    asked.map(({ check }) => check.command),
    challenge,
  );
  const at = `at ${Math.floor(Date.now() / 1000)} ${Buffer.from("i-0a host").toString("base64")}\n`;
  return `${header}\n${gzipSync([at, ...lines].join("")).toString("base64")}\n`;
}

/** What a printed script prints where each of its commands prints the same, and ends well. */
export function answeredBy(script: string, challenge: Challenge, stdout: string): string {
  const commands = [...script.matchAll(/^check \d+ <<'END_OF_CHECK'\n(.*)\nEND_OF_CHECK$/gm)].map(
    ([, one = ""]) => one,
  );
  const at = `at ${Math.floor(Date.now() / 1000)} ${Buffer.from("i-0a host").toString("base64")}\n`;
  const answers = commands.map((_, index) => `${index} 0 ${Buffer.byteLength(stdout)}\n${stdout}\n`);
  const packed = gzipSync([at, ...answers].join("")).toString("base64");
  return `${resultsHeader(commands, challenge)}\n${packed}\n`;
}

/** What a command takes: [flags, whether it has to be given, what it is]. */
export function optionsOf({ options }: Command): [string, boolean, string][] {
  return options.map(({ flags, mandatory, description }) => [flags, mandatory, description]);
}
