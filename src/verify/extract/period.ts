import type { Period } from "../../evidence/journalCommands";

const defaultDays = 31;
const dayMs = 86_400_000;
/** The journal keeps no more by far, and one bundle a year is the least that is asked for. */
const mostDays = 366;

/**
 * The period of `--since` and `--until`: dates, of which the first moment counts (UTC), or dates with a time (RFC 3339).
 *
 * @throws Error that names the option, what was got and what is allowed.
 */
export function periodOf(since: string | undefined, until: string | undefined, now: Date): Period {
  const end = until === undefined ? wholeSeconds(now) : moment("--until", until);
  const begin = since === undefined ? new Date(end.getTime() - defaultDays * dayMs) : moment("--since", since);
  if (end > now)
    throw new Error(
      `--until: got ${JSON.stringify(until)}, but it is now ${now.toISOString()}: what has not happened yet can't be told.`,
    );
  if (begin >= end) throw new Error(`--since: ${begin.toISOString()} is not before --until, ${end.toISOString()}.`);
  if (end.getTime() - begin.getTime() > mostDays * dayMs)
    throw new Error(`--since: the period is longer than ${mostDays} days. Give a later date, or take it in parts.`);
  return { since: begin, until: end };
}

const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/;

function moment(option: string, text: string): Date {
  const date = new Date(text);
  if (shape.test(text) && !Number.isNaN(date.getTime()) && (text.length > 10 || date.toISOString().startsWith(text)))
    return date;
  throw new Error(
    `${option}: got ${JSON.stringify(text)}. Give a date, such as 2026-11-01, or a date and time, such as 2026-11-01T08:00:00Z.`,
  );
}

function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
