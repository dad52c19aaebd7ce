import type { Check } from "./check";
import { quoted } from "./problems";

const day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const form = new RegExp(`^(${day}((,|\\.\\.)${day})* )?([01][0-9]|2[0-3]):[0-5][0-9]$`);

/** The problem with a time, or days and a time, of systemd.time(7). */
export const updateWindowProblems: Check = (path, value) => {
  if (typeof value === "string" && form.test(value)) return [];
  const allowed =
    'Give a time in UTC, or days and a time, as systemd.time(7) writes them: "08:00", "Sun 03:30", "Mon..Fri 23:00".';
  return [{ path, got: quoted(value), allowed }];
};
