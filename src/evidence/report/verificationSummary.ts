import type { HostRoleName } from "../../plan/hostRoles";

/** What the report says of a record of `verify`. */
export interface VerificationSummary {
  readonly date: string;
  readonly role: HostRoleName | "aws";
  readonly place: string;
  readonly findings: readonly string[];
}
