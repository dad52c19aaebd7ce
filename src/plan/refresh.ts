import { quoted, type Problem } from "./problems";

/** How often hosts look for a new version of their secret, unless it is said otherwise. */
export const defaultRefreshIntervalSeconds = 300;

const range = { least: 10, most: 86_400 };

/** The problem with an interval, or none. */
export function refreshIntervalProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  const whole = typeof value === "number" && Number.isInteger(value);
  if (whole && value >= range.least && value <= range.most) return [];
  const allowed = `Give a whole number of seconds from ${range.least} to ${range.most} (a day).`;
  return [{ path: "refreshIntervalSeconds", got: quoted(value), allowed }];
}
