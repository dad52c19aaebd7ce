import { setTimeout as pause } from "node:timers/promises";

const deadlineMs = 10_000;

/** Waits until the condition holds, ten seconds at most. */
export async function waitUntil(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`No ${what} after ${deadlineMs / 1000} s.`);
    await pause(20);
  }
}
