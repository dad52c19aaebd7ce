import type { Target } from "../../src/verify/target.js";
import type { Verification } from "../../src/verify/verification.js";

/** One check of one target. */
export type CheckName = `${Target}: ${string}: ${string}`;

export function checkName(target: Target, control: string, shows: string): CheckName {
  return `${target}: ${control}: ${shows}`;
}

export function controlOf(check: CheckName): string {
  const [, control = ""] = check.split(": ");
  return control;
}

/** The checks that do not hold, and what was found instead. */
export function brokenIn({ target, controls }: Verification): [CheckName, string][] {
  return controls.flatMap(({ id, checks }) =>
    checks
      .filter(({ holds }) => !holds)
      .map(({ shows, found }): [CheckName, string] => [checkName(target, id, shows), found]),
  );
}
