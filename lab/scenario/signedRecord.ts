import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { VerificationRecord } from "../../src/evidence/record.js";
import type { GivenRecord } from "../../src/evidence/records.js";
import { signatureOf, signFile, type Signer } from "../../src/verify/signature.js";

/** A record as `verify --out --sign-with` leaves it in a folder, and as `report --verification` reads it. */
export function signedRecord(
  folder: string,
  record: VerificationRecord,
  signer: { readonly privateKeyFile: string },
  signers: readonly Signer[],
  name = `${record.target}.json`,
): GivenRecord {
  const path = join(folder, name);
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
  signFile(path, signer.privateKeyFile);
  return { name, record, signature: signatureOf(path, readFileSync(path, "utf8"), signers) };
}
