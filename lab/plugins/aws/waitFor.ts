import { until } from "../../until.js";

const limit = 120_000;

/** Asks until the answer is what was waited for. */
export async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
  if (!(await until(isSo, limit, 100))) throw new Error(`Waited ${limit / 1000} s in vain: ${what}`);
}
