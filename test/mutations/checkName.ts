import type { Role } from "../../src/verify/role.js";
import type { Verification } from "../../src/verify/verification.js";

/** One check of one role: a control may have several that show the same in other words, none that show it in the same. */
export type CheckName = `${Role}: ${string}: ${string}`;

export function checkName(role: Role, control: string, shows: string): CheckName {
  return `${role}: ${control}: ${shows}`;
}

/** The checks that do not hold, and why. */
export function brokenIn({ role, controls }: Verification): Map<CheckName, string> {
  return new Map(
    controls.flatMap(({ id, checks }) =>
      checks
        .filter(({ holds }) => !holds)
        .map(({ shows, found }) => [checkName(role, id, shows), found] as const),
    ),
  );
}
