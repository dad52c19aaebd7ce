import { createHash } from "node:crypto";
import { z } from "zod";
import { schemaProblems } from "../../evidence/schemaProblems";

/** What a bundle has, in its order. */
export interface Manifest {
  /** The version of this record's form. */
  readonly schemaVersion: 1;
  readonly kind: "bundle";
  readonly tool: string;
  /** When it was put together: RFC 3339, UTC, by the clock of where that was. */
  readonly date: string;
  readonly cache: string;
  /** SHA-256 of the canonical JSON of the evidence that all of its records are by. */
  readonly evidenceSha256: string;
  /** The records, each of which names the one before it. */
  readonly records: readonly ListedFile[];
  /** What goes with them: the evidence, entries as CSV, the record of the policy pack, attestations. */
  readonly files: readonly ListedFile[];
  /** Where the manifest was stamped (RFC 3161); the stamp is beside it. None where it wasn't. */
  readonly timestampUrl?: string;
}

interface ListedFile {
  readonly name: string;
  readonly sha256: string;
}

export const manifestName = "manifest.json";

export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

export function listed(name: string, content: string | Buffer): ListedFile {
  return { name, sha256: sha256(content) };
}

/** A file beside the manifest, and no way out of the folder. */
const name = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.strictObject({ name, sha256: digest });

const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("bundle"),
  tool: z.string(),
  date: z.iso.datetime(),
  cache: z.string(),
  evidenceSha256: digest,
  records: z.array(file).min(1),
  files: z.array(file),
  timestampUrl: z.url().optional(),
});

/** @throws Error that says what is not in the form of a manifest. */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${manifestName} is not JSON.`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return value as Manifest;
  throw new Error(`${manifestName} is not in the form of a bundle's:\n${schemaProblems(parsed.error, value)}`);
}
