import { setTimeout as pause } from "node:timers/promises";

/**
 * So much of a look and its pause counts at most: what is longer is mostly a machine that stands still, and whoever is waited for with it. A condition that
 * is slow by itself is waited for longer.
 */
const mostBetweenLooksMs = 20_000;

/** Asks until the condition holds; false when it still does not after that time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pauseMs = 50,
): Promise<boolean> {
  let [waitedMs, lookedAt] = [0, performance.now()];
  while (!(await condition())) {
    if (waitedMs > timeoutMs) return false;
    await pause(pauseMs);
    const now = performance.now();
    waitedMs += Math.min(now - lookedAt, mostBetweenLooksMs);
    lookedAt = now;
  }
  return true;
}

export interface Waiting {
  readonly timeoutMs?: number;
  /** Between two looks. */
  readonly pauseMs?: number;
  /** Says why it cannot come about any more, if so: waiting then ends at once. */
  readonly hopeless?: () => string | undefined;
  /** What to show when it was waited for in vain, such as a log. */
  readonly shown?: () => string;
}

/** Waits until the condition holds, for three minutes if nothing else is said; fails with what was waited for. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { timeoutMs = 180_000, pauseMs, hopeless = () => undefined, shown = () => "" }: Waiting = {},
): Promise<void> {
  let reason: string | undefined;
  const settled = await until(
    async () => {
      // In this order, because it may come about and become hopeless between two looks.
      reason = hopeless();
      if (!(await condition())) return reason !== undefined;
      reason = undefined;
      return true;
    },
    timeoutMs,
    pauseMs,
  );
  if (settled && reason === undefined) return;
  const why = reason ?? `still not so after ${timeoutMs / 1000} s`;
  throw new Error(`Waited in vain: ${what}: ${why}\n${shown()}`.trimEnd());
}
