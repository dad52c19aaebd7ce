import { parse } from "yaml";
import { z } from "zod";
import { attestedWords, lastMoment, nobodyAttested } from "../evidence/attestationWords";
import type { AttestedFact } from "../evidence/control";
import { controls } from "../evidence/controls";
import { schemaProblems } from "../evidence/schemaProblems";

/** That a person has looked at what no command can see. The form is that of MITRE's Security Automation Framework (`saf attest`). */
export interface Attestation {
  /** The id of the control. */
  readonly control_id: string;
  /** What was seen, and where it is on file. */
  readonly explanation: string;
  /** After how long it has to be looked at again. */
  readonly frequency: string;
  readonly status: "passed" | "failed";
  /** When it was looked at: a date, RFC 3339. */
  readonly updated: string;
  readonly updated_by: string;
  /** Of a decision about a risk: what is accepted, as the risk register has it. */
  readonly chosen?: string | undefined;
}

/**
 * Reads attestations, JSON or YAML.
 *
 * @throws Error that names the entry, when one is not in the form that is meant, is for no control, or is dated in the future.
 */
export function parseAttestations(text: string, now: Date): Attestation[] {
  return parseForm(text, now, {
    option: "--attestations",
    ids: controlIds,
    unknownId: "There is no control with that id: docs/verify.md has the list.",
    missing,
  });
}

/** What entries of the form may be of. */
export interface AttestationForm {
  /** The option that named the file, for the error. */
  readonly option: string;
  /** What an entry's `control_id` may be. */
  readonly ids: ReadonlySet<string>;
  /** What is said of another one. */
  readonly unknownId: string;
  /** The cache that each entry has to name; left out, none may name one. */
  readonly cache?: string;
  /** The ids of what is chosen: an entry of one of these has to name the choice; left out, none may name one. */
  readonly ofChoice?: ReadonlySet<string>;
  /** What is missing in an entry's explanation, if anything. */
  readonly missing: (one: Pick<Attestation, "control_id" | "explanation" | "status">) => string | undefined;
}

/** Reads entries in the form of attestations, JSON or YAML. */
export function parseForm(text: string, now: Date, form: AttestationForm): Attestation[] {
  const value: unknown = parse(text, { schema: "core" });
  const parsed = attestationsSchema(now, form).safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${form.option}: not in the form of \`saf attest\` (docs/verify.md):\n${schemaProblems(parsed.error, value)}`,
  );
}

/** Whether a control is attested, and by whom. Of several attestations the last one counts; of two of the same time, the worse. */
export function attested(
  controlId: string,
  attestations: readonly Attestation[],
  now: Date,
): { holds: boolean; expected: string; found: string; updated?: string; until?: string } {
  const expected = "a person has attested it, and it is not yet due again";
  const [last] = attestations
    .filter(({ control_id }) => control_id === controlId)
    .map((one) => ({ ...one, isPassed: one.status === "passed" }))
    .sort((a, b) => lastMoment(b) - lastMoment(a) || Number(a.isPassed) - Number(b.isPassed));
  if (last === undefined) return { holds: false, expected, found: nobodyAttested };
  const { status, updated, updated_by, frequency, explanation } = last;
  const due = dueAgain(new Date(updated), frequency);
  const who = `${attestedWords[status]} ${updated} by ${updated_by}`;
  if (status === "failed") return { holds: false, expected, found: `${who}: ${explanation}`, updated };
  if (due <= now)
    return { holds: false, expected, found: `${who}, due again since ${due.toISOString().slice(0, 10)}`, updated };
  return { holds: true, expected, found: `${who}: ${explanation}`, updated, until: due.toISOString() };
}

/** The words of the form, in days or months. */
const frequencies: Readonly<Record<string, readonly [number, "d" | "m"]>> = {
  annually: [12, "m"],
  semiannually: [6, "m"],
  quarterly: [3, "m"],
  monthly: [1, "m"],
  every2weeks: [14, "d"],
  weekly: [7, "d"],
  every3days: [3, "d"],
  daily: [1, "d"],
};

const days = /^([1-9]\d{0,3})d$/;

function dueAgain(from: Date, frequency: string): Date {
  const [count, unit] = frequencies[frequency] ?? [Number(days.exec(frequency)?.[1]), "d" as const];
  const due = new Date(from);
  if (unit === "d") due.setUTCDate(due.getUTCDate() + count);
  else due.setUTCMonth(due.getUTCMonth() + count);
  return due;
}

const controlIds: ReadonlySet<string> = new Set(controls.map(({ id }) => id));
const oneLine = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u, "Give 1 to 500 characters on one line.");

/**
 * What an attestation of some controls has to name besides. The text begins with what was done, so that "not yet approved by anybody" is no
 * approval.
 */
const facts: Readonly<Record<AttestedFact, readonly [pattern: RegExp, message: string]>> = {
  date: [
    /^(?:accepted|signed)\b.*\b\d{4}-\d{2}-\d{2}\b/i,
    'Begin with "Accepted" or "Signed", and name the date of the agreement, such as "Accepted in AWS Artifact on 2026-01-15".',
  ],
  approver: [
    begins("approved"),
    'Begin with "Approved by", and name who approved the alternative, such as "Approved by Ada Lovelace; decision 7".',
  ],
};

/** A text that begins with who did it: such as `Approved by Ada`, and not `Approved by nobody`. */
export function begins(done: "approved" | "accepted"): RegExp {
  return new RegExp(String.raw`^${done} by (?!(?:nobody|no[ -]one|none|not|anybody|anyone)\b)[\p{L}\p{N}]`, "iu");
}

const factOf: ReadonlyMap<string, AttestedFact | undefined> = new Map(
  controls.map(({ id, attestationNames }) => [id, attestationNames]),
);

/** What is missing in the explanation, if anything. Whoever has seen that it is not so has nothing to name. */
function missing(one: Pick<Attestation, "control_id" | "explanation" | "status">): string | undefined {
  const fact = factOf.get(one.control_id);
  if (fact === undefined || one.status === "failed") return undefined;
  const [pattern, message] = facts[fact];
  return pattern.test(one.explanation) ? undefined : message;
}

/** A file of decisions says which cache they are of. Attestations are of the cache whose evidence they are given with. */
function cacheField(cache: string | undefined) {
  return cache === undefined
    ? z
        .string()
        .refine(() => false, "Leave this out: an attestation is of the cache whose evidence is given.")
        .optional()
    : z.string().refine((name) => name === cache, `Name the cache that the evidence is of: ${JSON.stringify(cache)}.`);
}

/** What is wrong with the choice that an entry names, or does not. */
function choiceProblem(
  { control_id: id, chosen }: Pick<Attestation, "control_id" | "chosen">,
  ofChoice: ReadonlySet<string> = new Set(),
): string | undefined {
  if (ofChoice.has(id))
    return chosen === undefined
      ? "Name what is accepted, as the column chosen of the risk register has it: another choice is another risk."
      : undefined;
  return chosen === undefined ? undefined : "Leave this out: nothing is chosen here.";
}

function attestationsSchema(now: Date, { ids, unknownId, cache, ofChoice, missing: missingIn }: AttestationForm) {
  return z.array(
    z
      .strictObject({
        cache: cacheField(cache),
        control_id: z.string().refine((id) => ids.has(id), unknownId),
        explanation: oneLine,
        frequency: z
          .string()
          .refine(
            (text) => Object.hasOwn(frequencies, text) || days.test(text),
            `Give ${Object.keys(frequencies).join(", ")}, or a number of days such as "90d".`,
          ),
        status: z.enum(["passed", "failed"]),
        updated: z
          .union(
            [z.iso.date(), z.iso.datetime({ offset: true })],
            'Give a date, such as "2026-11-26", or a date and time (RFC 3339).',
          )
          .refine(
            (text) => Date.parse(text) <= now.getTime(),
            `This is in the future: it is now ${now.toISOString()}, and a date without a time is in UTC.`,
          ),
        updated_by: oneLine,
        chosen: oneLine.optional(),
      })
      .superRefine((one, context) => {
        const wrong = choiceProblem(one, ofChoice);
        if (wrong !== undefined) context.addIssue({ code: "custom", path: ["chosen"], message: wrong });
        const message = missingIn(one);
        if (message !== undefined) context.addIssue({ code: "custom", path: ["explanation"], message });
      }),
  );
}
