import type { Role } from "../../src/verify/role.js";
import type { Verification } from "../../src/verify/verification.js";

/** One check of one role. */
export type CheckName = `${Role}: ${string}: ${string}`;

export function checkName(role: Role, control: string, shows: string): CheckName {
  return `${role}: ${control}: ${shows}`;
}

export function controlOf(check: CheckName): string {
  const [, control = ""] = check.split(": ");
  return control;
}

/** The checks that do not hold, and what was found instead. */
export function brokenIn({ role, controls }: Verification): [CheckName, string][] {
  return controls.flatMap(({ id, checks }) =>
    checks
      .filter(({ holds }) => !holds)
      .map(({ shows, found }): [CheckName, string] => [checkName(role, id, shows), found]),
  );
}
