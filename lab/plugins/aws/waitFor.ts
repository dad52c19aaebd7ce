import { setTimeout as sleep } from "node:timers/promises";

const limit = 120_000;

/** Asks until the answer is what was waited for. */
export async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limit;
  for (let pause = 50; !(await isSo()); pause = Math.min(pause * 2, 1000)) {
    if (Date.now() > deadline) throw new Error(`Waited ${limit / 1000} s in vain: ${what}`);
    await sleep(pause);
  }
}
