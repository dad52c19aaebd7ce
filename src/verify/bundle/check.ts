import { z } from "zod";
import { manifestName, sha256, type Manifest } from "./manifest";

/** The files of a bundle's folder, by name. */
export type BundleFiles = ReadonlyMap<string, Buffer>;

const headSchema = z.looseObject({
  schemaVersion: z.literal(2),
  cache: z.string(),
  evidenceSha256: z.string(),
  previousRecordSha256: z.string().optional(),
});

/**
 * Whatever shows that a bundle is not what was put together: a file that is missing, changed or too many, a record that is not the one that
 * the next one names, or that is of another cache or other evidence. Who signed is another question.
 */
export function bundleProblems(manifest: Manifest, files: BundleFiles, evidenceSha256: string): string[] {
  return [
    ...(manifest.evidenceSha256 === evidenceSha256 ? [] : ["it is by other evidence than this one"]),
    ...listProblems(manifest, files),
    ...chainProblems(manifest, files),
  ];
}

function listProblems({ records, files: others, timestampUrl }: Manifest, files: BundleFiles): string[] {
  const all = [...records, ...others];
  const names = all.map(({ name }) => name);
  const signed = [manifestName, ...records.map(({ name }) => name)];
  const expected = [
    manifestName,
    ...names,
    ...signed.map((name) => `${name}.sig`),
    ...(timestampUrl === undefined ? [] : [timestampName]),
  ];
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is listed twice`),
    ...expected.filter((name) => !files.has(name)).map((name) => `${name} is missing`),
    ...[...files.keys()].filter((name) => !expected.includes(name)).map((name) => `${name} is no part of it`),
    ...all.flatMap(({ name, sha256: listed }) => {
      const content = files.get(name);
      return content === undefined || sha256(content) === listed ? [] : [`${name} was changed`];
    }),
  ];
}

/** The manifest's stamp, beside it. */
export const timestampName = `${manifestName}.tsr`;

function chainProblems({ cache, evidenceSha256, records }: Manifest, files: BundleFiles): string[] {
  let before: Buffer | undefined;
  return records.flatMap(({ name }, index) => {
    const content = files.get(name);
    const previous = before;
    before = content;
    if (content === undefined) return [];
    const head = readHead(content);
    if (head === undefined) return [`${name} is no record of verify`];
    const isNext =
      index === 0
        ? head.previousRecordSha256 === undefined
        : previous !== undefined && head.previousRecordSha256 === sha256(previous);
    return [
      ...(isNext ? [] : [`${name} does not name the record before it: one was removed, changed or moved`]),
      ...(head.cache === cache ? [] : [`${name} is of another cache`]),
      ...(head.evidenceSha256 === evidenceSha256 ? [] : [`${name} is by other evidence`]),
    ];
  });
}

function readHead(content: Buffer): z.infer<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(content.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
