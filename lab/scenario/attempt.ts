import type { ExecResult } from "../hosts/index.js";

/** One try to get at the cache in a way that must fail, and what came back. */
export interface Attempt {
  readonly who: string;
  readonly what: string;
  readonly cameBack: string;
  readonly refused: boolean;
}

export const stranger = "a stranger in the app subnet";

/** Refused only if it failed for the reason that is meant: a tool that is missing, say, shuts nothing. */
export function judged(
  who: string,
  what: string,
  { exitCode, stdout, stderr }: ExecResult,
  reason: RegExp,
): Attempt {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  const cameBack = lines.filter((line) => line !== "").at(-1) ?? `nothing (exit code ${exitCode})`;
  const throughToRedis = /PONG|NOAUTH/.test(stdout);
  return { who, what, cameBack: cameBack.slice(0, 100), refused: reason.test(cameBack) && !throughToRedis };
}
