import { quoted, type Problem } from "./problems";

/**
 * Every night, when it is between midnight in Los Angeles and 4 o'clock in New York: a hole that is known is open for a day at
 * most, and in a night without an update that concerns a service nothing is restarted.
 */
export const defaultSecurityUpdateWindow = "08:00";

const day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const form = new RegExp(`^(${day}((,|\\.\\.)${day})* )?([01][0-9]|2[0-3]):[0-5][0-9]$`);

/** The problem with a window, or none. */
export function updateWindowProblems(value: unknown): Problem[] {
  if (value === undefined || (typeof value === "string" && form.test(value))) return [];
  const allowed =
    'Give a time in UTC, or days and a time, as systemd.time(7) writes them: "08:00", "Sun 03:30", "Mon..Fri 23:00".';
  return [{ path: "securityUpdateWindow", got: quoted(value), allowed }];
}
