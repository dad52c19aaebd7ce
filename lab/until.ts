import { setTimeout as pause } from "node:timers/promises";

/** Asks until the condition holds; false when it still does not at the deadline. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pauseMs = 50,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await pause(pauseMs);
  }
  return true;
}
