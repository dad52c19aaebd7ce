import type { Target } from "../../src/evidence/target.js";
import type { VerificationRecord } from "../../src/evidence/record.js";

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
export function brokenIn({ target, controls }: VerificationRecord): [CheckName, string][] {
  return controls.flatMap(({ id, checks }) =>
    checks
      .filter(({ holds }) => !holds)
      .map(({ shows, found }): [CheckName, string] => [checkName(target, id, shows), found]),
  );
}
