import { z } from "zod";
import { headFields, oneLine } from "../../evidence/record";
import { schemaProblems } from "../../evidence/schemaProblems";
import { entryKinds } from "../extract/entry";

const moment = z.iso.datetime();

/** An extract, as `verify --extract` writes it. */
export const extractSchema = z.object({
  ...headFields,
  kind: z.literal("extract"),
  since: moment,
  until: moment,
  sources: z.array(z.object({ name: oneLine, lines: z.number(), entries: z.number(), gaps: z.array(oneLine) })),
  notRecorded: z.array(oneLine),
  entries: z.array(
    z.object({
      time: moment,
      kind: z.enum(entryKinds),
      source: oneLine,
      who: oneLine,
      from: oneLine,
      what: oneLine,
    }),
  ),
});

const days = z.number().nullable();

/** As much of a patch state as its ages follow from. */
export const patchesSchema = z.object({
  ...headFields,
  kind: z.literal("patches"),
  archives: z.array(z.looseObject({ date: oneLine, ageDays: z.number() })),
  packages: z.array(z.looseObject({ name: oneLine, installedMade: oneLine.nullable(), installedAgeDays: days })),
  pendingSecurityUpdates: z.array(z.looseObject({ name: oneLine, knownSince: oneLine.nullable(), atLeastDays: days })),
});

/** @throws Error that says which field is not as it is written. */
export function parsed<Schema extends z.ZodType>(schema: Schema, name: string, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(
    `${name} is no record that this version of \`verify --all\` has written: ${schemaProblems(result.error, value)}`,
  );
}
