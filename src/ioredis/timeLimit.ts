import type { Command } from "ioredis";

interface Open {
  [until]?: number;
}

const until = Symbol("when its time is over");

/** Has a command fail when its time is over, wherever it has come to; a transaction that is sent once more has what is left of it. */
export function limitTime(command: Command, timeoutMs: number | undefined): void {
  if (typeof timeoutMs !== "number") return;
  const nowMs = performance.now();
  const untilMs = ((command as unknown as Open)[until] ??= nowMs + timeoutMs);
  command.setTimeout(Math.max(untilMs - nowMs, 1));
}
