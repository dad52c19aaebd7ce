import { z } from "zod";
import { libraryName } from "../../evidence/library";
import { schemaProblems } from "../../evidence/schemaProblems";

/** As much of a policy pack's record (docs/policy.md) as tells whether it is of this cache. */
const schema = z.looseObject({
  schemaVersion: z.literal(1),
  kind: z.literal("policy-run"),
  date: z.iso.datetime(),
  resources: z.array(z.looseObject({ type: z.string(), name: z.string() })),
});

/** @throws Error that names the option, when it is no such record, or the run saw no such cache. */
export function checkPolicyRun(option: string, path: string, value: unknown, cache: string): void {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Error(
      `${option}: ${path} is no record of the policy pack (docs/policy.md).\n${schemaProblems(parsed.error, value)}`,
    );
  const isOfCache = parsed.data.resources.some(({ type, name }) => type === cacheType && name === cache);
  if (isOfCache) return;
  throw new Error(
    `${option}: the policy pack's run in ${path} saw no cache ${cache}. Give the record of a run of that cache's stack.`,
  );
}

/** As the component registers itself (src/hipaaRedisCache.ts). */
const cacheType = `${libraryName}:index:HipaaRedisCache`;
