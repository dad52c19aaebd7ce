/** What the report says of a record of `verify`. */
export interface VerificationSummary {
  readonly date: string;
  readonly role: "cache" | "client" | "aws";
  readonly place: string;
  readonly findings: readonly string[];
}
