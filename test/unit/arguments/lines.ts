import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import type { Problem } from "../../../src/arguments/problems.js";
import { sampleArguments } from "../../support/sample.js";

/** Problems as a user reads them: `path: got what. What is allowed.` */
export function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ path, got, allowed }) => `${path}: got ${got}. ${allowed}`);
}

/** What is wrong with the sample's arguments when they are changed so. */
export function problemsWith(change: object): readonly Problem[] {
  return cacheProblems("sessions", { ...sampleArguments, ...change });
}
