import { z } from "zod";
import { hasRun, type CommandResult } from "../../evidence/check";
import { journalEnd, mostJournalLines, type Period } from "../../evidence/journalCommands";

/** A line of a journal (systemd.journal-fields(7)). */
export interface JournalLine {
  readonly date: Date;
  /** `undefined` where journalctl leaves it out, as it is too long. */
  readonly message: string | undefined;
}

/** What a journal has told of a period. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** Why these lines are not all that were written in the period; none where they are. */
  readonly gaps: readonly string[];
}

/** Judges what the command of {@link journalCommand} has printed, line by line: nothing of it is believed. */
export function readJournal(result: CommandResult | undefined, period: Period): ReadJournal {
  if (result === undefined) return { lines: [], gaps: ["the script did not read it"] };
  if (!hasRun(result)) return { lines: [], gaps: [`it could not be read (exit code ${result.exitCode})`] };
  const printed = result.stdout.split("\n").filter((line) => line !== "");
  const end = printed.filter((line) => line.startsWith(journalEnd)).at(-1);
  const entries = printed.filter((line) => !line.startsWith(journalEnd)).map(parseLine);
  // The first is the oldest that there is, whatever the period: a journal that is empty begins now.
  const [oldest, ...inPeriod] = entries;
  const lines = inPeriod.filter((line) => line !== undefined && isIn(line.date, period)) as JournalLine[];
  const gaps = [
    ...(end === `${journalEnd}0` ? [] : ["journalctl did not come to its end"]),
    ...(entries.includes(undefined) ? ["it has lines that are not in the journal's form"] : []),
    ...(oldest === undefined ? ["the journal is empty"] : []),
    ...(oldest !== undefined && oldest.date > period.since ? [`it begins at ${oldest.date.toISOString()}`] : []),
    ...(inPeriod.length > mostJournalLines
      ? [`only its last ${mostJournalLines} lines of the period were read: ask for a shorter one`]
      : []),
    ...(lines.some(({ message }) => message === undefined)
      ? ["lines that are too long for journalctl were left out"]
      : []),
  ];
  return { lines, gaps };
}

function isIn(date: Date, { since, until }: Period): boolean {
  return date >= since && date < until;
}

/** Text comes as a list of bytes where it is no UTF-8 or has control characters, as null where it is too long, as a list where a field is there twice. */
const entrySchema = z.looseObject({
  __REALTIME_TIMESTAMP: z.string().regex(/^\d{10,16}$/),
  MESSAGE: z.union([z.string(), z.null(), z.array(z.number().int().min(0).max(255))]).optional(),
});

function parseLine(line: string): JournalLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { __REALTIME_TIMESTAMP: microseconds, MESSAGE: message } = parsed.data;
  return {
    date: new Date(Math.floor(Number(microseconds) / 1000)),
    message: Array.isArray(message) ? Buffer.from(message).toString("utf8") : (message ?? undefined),
  };
}
