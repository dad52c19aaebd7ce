import type { Problem } from "../../../src/plan/problems.js";

/** Problems as a user reads them: `path: got what. What is allowed.` */
export function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ path, got, allowed }) => `${path}: got ${got}. ${allowed}`);
}
