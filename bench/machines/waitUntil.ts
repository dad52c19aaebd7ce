import { until } from "../../lab/until.js";

const deadlineMs = 10_000;

/** Waits until the condition holds, ten seconds at most. */
export async function waitUntil(what: string, condition: () => Promise<boolean>): Promise<void> {
  if (!(await until(condition, deadlineMs, 20))) throw new Error(`No ${what} after ${deadlineMs / 1000} s.`);
}
