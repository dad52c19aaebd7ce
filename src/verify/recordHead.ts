import { libraryName, libraryVersion } from "../evidence/library";
import type { RecordHead } from "../evidence/record";

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

export function recordHead({ date, ...about }: About): Omit<RecordHead, "target"> {
  return { schemaVersion: 2, tool: `${libraryName} ${libraryVersion()}`, date: date.toISOString(), ...about };
}
