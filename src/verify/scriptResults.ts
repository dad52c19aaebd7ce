import { gunzipSync } from "node:zlib";
import type { CommandResult } from "../evidence/check";
import { printable } from "../evidence/printable";
import type { Challenge } from "./challenge";
import { resultsHeader } from "./script";

/** What a script has brought: when it ran and where, by that host's own account, and a result for each command. */
export interface Results {
  readonly date: Date;
  /** The instance's id and the host's name. */
  readonly host: string;
  /** `undefined` for a command that it did not come to. */
  readonly results: readonly (CommandResult | undefined)[];
}

/** By how much two clocks that are kept may differ. */
const mostMinutesApart = 5;

/** After that long, what was seen is no more what is. */
const mostHoursOld = 24;

/** A few hundred answers, each of a few lines; what is compressed can be a thousand times as long. */
const mostBytes = 64 * 1024 ** 2;

/**
 * What the script of these commands has printed.
 *
 * @throws Error when it is not what that script prints, is of another run, or was not printed within the last day.
 */
export function readResults(
  commands: readonly string[],
  challenge: Challenge,
  printed: string,
  now = new Date(),
): Results {
  const header = resultsHeader(commands, challenge);
  const start = printed.indexOf(header);
  if (start === -1) {
    throw new Error(
      /-results [0-9a-f]{64}/.test(printed)
        ? "These are results of another run, another cache, another target or another version of this library: print a new script, and run that one."
        : "This is not the output of a script from `verify --print-script`.",
    );
  }
  const unpacked = unpack(printed.slice(start + header.length));
  const { line, rest } = firstLine(unpacked);
  const { date, host } = readAt(line);
  refuseOtherTimes(date, challenge, now);
  const results = new Map(answers(rest));
  return { date, host, results: commands.map((_, index) => results.get(index)) };
}

function unpack(text: string): Buffer {
  try {
    return gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: mostBytes });
  } catch (error) {
    throw new Error("The results are cut off or were changed on the way: run the script again.", {
      cause: error,
    });
  }
}

function readAt(line: string): { date: Date; host: string } {
  const [, seconds, names = ""] = /^at (\d{1,11}) ([A-Za-z0-9+/=]*)$/.exec(line) ?? [];
  if (seconds === undefined) throw new Error("The results don't say when and where the script ran.");
  const words = Buffer.from(names, "base64").toString("utf8").slice(0, mostOfNames).trim().split(/\s+/);
  return { date: new Date(Number(seconds) * 1000), host: printable(words.join(" ")) };
}

const mostOfNames = 300;

function refuseOtherTimes(date: Date, { date: printed }: Challenge, now: Date): void {
  const slack = mostMinutesApart * 60_000;
  if (date.getTime() < printed.getTime() - slack || date.getTime() > now.getTime() + slack)
    throw new Error(
      `The results are from ${date.toISOString()}, by the clock of the machine that ran the script; the script was printed at ${printed.toISOString()}, and it is now ${now.toISOString()}. Set that clock right and run the script again.`,
    );
  if (date.getTime() < now.getTime() - mostHoursOld * 3_600_000)
    throw new Error(
      `The results are from ${date.toISOString()}, more than ${mostHoursOld} hours ago: print a new script, and run that one.`,
    );
}

function* answers(printed: Buffer): Generator<[number, CommandResult]> {
  let left = printed;
  while (left.length > 0) {
    const { line, rest } = firstLine(left);
    const [, index, exitCode, bytes] = /^(\d{1,9}) (\d{1,9}) (\d{1,9})$/.exec(line) ?? [];
    const end = Number(bytes);
    if (index === undefined || rest[end] !== newLine)
      throw new Error(`The results have a line that no check prints: ${printable(line.slice(0, 80))}`);
    yield [Number(index), { exitCode: Number(exitCode), stdout: rest.toString("utf8", 0, end) }];
    left = rest.subarray(end + 1);
  }
}

const newLine = 0x0a;

function firstLine(text: Buffer): { line: string; rest: Buffer } {
  const end = text.indexOf(newLine);
  return end === -1
    ? { line: text.toString("utf8"), rest: Buffer.alloc(0) }
    : { line: text.toString("utf8", 0, end), rest: text.subarray(end + 1) };
}
