import { z } from "zod";
import type { Deviation } from "./deviations";
import { schemaProblems } from "./schemaProblems";
import { targets, type Target } from "./target";

/** What every record of `pulumi-hipaa-redis verify` begins with. */
export interface RecordHead {
  /** The version of this record's form. */
  readonly schemaVersion: 2;
  /** The name and version of what made it. */
  readonly tool: string;
  /** When its commands ran, by the clock of where they ran: RFC 3339, UTC. */
  readonly date: string;
  /** The cache that it is about. */
  readonly cache: string;
  /** What was looked at: `cache` (a node), `client` (an app host) or `aws` (the account). */
  readonly target: Target;
  /** By which way the commands came to where they ran. */
  readonly place: string;
  /**
   * Where they ran, by its own account: the instance's id and the name of the host, and of an app host the name in its certificate; for
   * `aws` the account, the address that answered for AWS, and the name of the machine.
   */
  readonly host: string;
  /** The word that the results had to answer to, made up for this run. */
  readonly nonce: string;
  /** SHA-256 of the canonical JSON (keys sorted, no white space) of the evidence that says what was planned. */
  readonly evidenceSha256: string;
  /** SHA-256 of the record before it in a bundle of `verify --all`, as it was written; none in the first, and outside of a bundle. */
  readonly previousRecordSha256?: string | undefined;
}

/** What was found when a cache was looked at: what `pulumi-hipaa-redis verify` writes, and somebody signs. */
export interface VerificationRecord extends RecordHead {
  /** The ids of the controls that don't hold. */
  readonly findings: readonly string[];
  /** Choices that are weaker than the default: planned, and so no findings. */
  readonly deviations: readonly Deviation[];
  /** Every control with the checks of this target. */
  readonly controls: readonly RecordedControl[];
}

/** A control, as a look has found it. */
export interface RecordedControl {
  /** Its id, as in the report. */
  readonly id: string;
  /** What it is called in the report. */
  readonly title: string;
  /** The paragraphs of 45 CFR Part 164 that it answers. */
  readonly hipaa: readonly string[];
  /** `not looked at`: none of its checks can be run from here. */
  readonly status: "holds" | "finding" | "not looked at";
  /** Its checks of this target, and what people have attested. */
  readonly checks: readonly RecordedCheck[];
}

/** A check, and what came of it. */
export interface RecordedCheck {
  /** Who looked: a command on the host or in AWS, or a person whose attestation was given. */
  readonly by: "host" | "aws" | "person";
  /** What it shows, as a statement. */
  readonly shows: string;
  /** Whether it is so. */
  readonly holds: boolean;
  /** What was expected. */
  readonly expected: string;
  /** What was found, cut short. */
  readonly found: string;
  /** Of an attestation that somebody has given: when it was looked at, a date (UTC) or a date and time, RFC 3339. */
  readonly updated?: string | undefined;
  /** Of an attestation that somebody has given: until when it holds, RFC 3339, UTC. */
  readonly until?: string | undefined;
}

/**
 * Reads a record that came from a file.
 *
 * @param option - The option that named the file, for the error.
 * @throws Error that names option, file and fields, when it has not the form of a record.
 */
export function parseRecord(option: string, path: string, value: unknown): VerificationRecord {
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${option}: ${path} is no record that \`verify --out\` of this version has written.\n${schemaProblems(parsed.error, value)}`,
  );
}

/** As `verify` writes it: nothing that a terminal or a reader could take for a line of its own. */
export const oneLine = z
  .string()
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "Give a text of one line, without control characters.");
const lines = z.string().regex(/^(?:[^\p{C}\p{Zl}\p{Zp}]|\n)*$/u, "Give a text without control characters.");
const texts = z.array(oneLine);

/** What every record begins with. */
export const headFields = {
  schemaVersion: z.literal(2),
  tool: oneLine,
  date: z.iso.datetime(),
  cache: oneLine,
  target: z.enum(targets),
  place: oneLine,
  host: oneLine,
  nonce: oneLine,
  evidenceSha256: oneLine,
  previousRecordSha256: oneLine.optional(),
};

const recordSchema = z.object({
  ...headFields,
  findings: texts,
  deviations: z.array(
    z.object({
      argument: oneLine,
      chosen: oneLine,
      byDefault: oneLine,
      consequence: oneLine,
      control: oneLine,
    }),
  ),
  controls: z.array(
    z.object({
      id: oneLine,
      title: oneLine,
      hipaa: texts,
      status: z.enum(["holds", "finding", "not looked at"]),
      checks: z.array(
        z.object({
          by: z.enum(["host", "aws", "person"]),
          shows: oneLine,
          holds: z.boolean(),
          expected: oneLine,
          found: lines,
          updated: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
          until: z.iso.datetime().optional(),
        }),
      ),
    }),
  ),
});
