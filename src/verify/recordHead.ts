import { libraryName, libraryVersion } from "../evidence/library";
import type { Target } from "../evidence/target";

/** Where a record comes from, and which it follows. */
export interface About {
  readonly cache: string;
  /** When its commands ran, by the clock of where they ran. */
  readonly date: Date;
  readonly place: string;
  readonly host: string;
  readonly nonce: string;
  readonly evidenceSha256: string;
  /** SHA-256 of the record before it in a bundle. */
  readonly previousRecordSha256?: string;
}

/** What every record begins with. */
export interface RecordHead {
  /** The version of this record's form. */
  readonly schemaVersion: 2;
  readonly tool: string;
  /** When its commands ran, by the clock of where they ran: RFC 3339, UTC. */
  readonly date: string;
  readonly cache: string;
  readonly target: Target;
  /** By which way the commands came to where they ran. */
  readonly place: string;
  /** Where they ran, by its own account: the instance's id, and the host's name. */
  readonly host: string;
  /** The word that the results had to answer to, made up for this run. */
  readonly nonce: string;
  /** SHA-256 of the canonical JSON (keys sorted, no white space) of the evidence that says what was planned. */
  readonly evidenceSha256: string;
  /** SHA-256 of the record before it in a bundle, as it was written; none in the first. */
  readonly previousRecordSha256?: string;
}

export function recordHead({ date, ...about }: About): Omit<RecordHead, "target"> {
  return { schemaVersion: 2, tool: `${libraryName} ${libraryVersion()}`, date: date.toISOString(), ...about };
}
