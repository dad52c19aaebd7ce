import type { HostRoleName } from "../../plan/hostRoles";

/** What the report says of a record of `verify`. */
export interface VerificationSummary {
  readonly date: string;
  readonly role: HostRoleName | "aws";
  /** By which way somebody looked. */
  readonly place: string;
  /** What they looked at, by its own account. */
  readonly host: string;
  readonly findings: readonly string[];
}
