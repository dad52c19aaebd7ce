/**
 * Every night, when it is between midnight in Los Angeles and 4 o'clock in New York: a hole that is known is open for a day at
 * most, and in a night without an update that concerns a service nothing is restarted.
 */
export const defaultSecurityUpdateWindow = "08:00";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const dayHours = 24;

/** The longest time between two openings of a window, in hours: a day, where it names no days. */
export function longestGapHours(window: string): number {
  const [days, time] = window.split(" ");
  if (days === undefined || time === undefined) return dayHours;
  const open = weekdays.map((_, index) => days.split(",").some((range) => isIn(range, index)));
  const openDays = weekdays.flatMap((_, index) => (open[index] === true ? [index] : []));
  const gaps = openDays.map((day, place) => (openDays[place + 1] ?? (openDays[0] ?? day) + weekdays.length) - day);
  return Math.max(...gaps) * dayHours;
}

/** Whether a day is among those of `Mon`, or from the first to the last of `Fri..Mon`. */
function isIn(range: string, day: number): boolean {
  const named = range.split("..").map((name) => weekdays.indexOf(name));
  const [first = 0] = named;
  const last = named.at(-1) ?? first;
  return first <= last ? first <= day && day <= last : day >= first || day <= last;
}
