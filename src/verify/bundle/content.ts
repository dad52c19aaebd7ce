import { evidenceDigest } from "../../evidence/digest";
import type { Evidence } from "../../evidence/evidence";
import { judgeRecord, type RecordSignature } from "../../evidence/judgeRecord";
import { libraryVersion } from "../../evidence/library";
import { parseEvidence } from "../../evidence/parse";
import { parseRecord, type RecordHead } from "../../evidence/record";
import { parseAttestations, type Attestation } from "../attestations";
import { decoded } from "../decoded";
import { entriesCsv } from "../extract/csv";
import { extractProblems } from "../extract/extract";
import { ageProblems } from "../patches/patches";
import type { BundleFiles } from "./check";
import { extractSchema, parsed, patchesSchema } from "./forms";
import type { Manifest } from "./manifest";
import { checkPolicyRun } from "./policyRun";
import { differences } from "./sameAgain";

/** By what a bundle's content is judged. */
export interface ContentRules {
  /** The evidence that was given, never the bundle's own. */
  readonly evidence: Evidence;
  /** What became of each record's signature, by the record's name. */
  readonly signatures: ReadonlyMap<string, RecordSignature>;
}

/** A look of a bundle was made on the day on which the bundle was put together. */
const maxAgeDays = 1;

/**
 * Whatever in a bundle's files does not follow from the evidence, the attestations and what hosts answered, and every record that does not count, as
 * statements. All of it is made again and compared. Records are as old as they were when the bundle was put together.
 */
export function contentProblems(manifest: Manifest, files: BundleFiles, rules: ContentRules): string[] {
  const now = new Date(manifest.date);
  const attestations = attestationsOf(files, now);
  const judged = manifest.records.flatMap(({ name }, index) => {
    const content = files.get(name);
    if (content === undefined) return [];
    const problems = recordProblems(name, index, content, { ...rules, now, attestations: attestations.found });
    return problems.map((problem) => `${name}: ${problem}`);
  });
  return [
    ...judged,
    ...nonceProblems(manifest, files),
    ...attestations.problems,
    ...fileProblems(manifest, files, rules),
  ];
}

interface Judged extends ContentRules {
  readonly now: Date;
  readonly attestations: readonly Attestation[] | undefined;
}

function recordProblems(name: string, index: number, content: Buffer, judged: Judged): string[] {
  const [, number, target, kind = ""] = /^(\d{2,})-([a-z]+)-([a-z]+)\.json$/.exec(name) ?? [];
  const read = isKind(kind) ? kinds[kind] : undefined;
  if (read === undefined) return ["verify --all writes no record of this name"];
  try {
    const value: unknown = JSON.parse(content.toString("utf8"));
    const { head, problems } = read(name, value, judged);
    return [
      ...(Number(number) === index + 1 ? [] : [`it is record ${index + 1} of the bundle, and not ${String(number)}`]),
      ...(head.target === target ? [] : [`it is of the target ${head.target}`]),
      ...countReasons(head, judged.signatures.get(name), judged),
      ...problems,
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

interface Read {
  readonly head: RecordHead;
  readonly problems: readonly string[];
}

type Reader = (name: string, value: unknown, judged: Judged) => Read;

const kinds: Readonly<Record<"checks" | "extract" | "patches", Reader>> = {
  checks: (name, value, { evidence, attestations }) => {
    const record = parseRecord("--check-bundle", name, value);
    return { head: record, problems: canCompare(evidence) ? differences(record, evidence, attestations) : [] };
  },
  extract: (name, value) => {
    const extract = parsed(extractSchema, name, value);
    return { head: extract, problems: extractProblems(extract) };
  },
  patches: (name, value) => {
    const patches = parsed(patchesSchema, name, value);
    return { head: patches, problems: ageProblems(patches) };
  },
};

function isKind(kind: string): kind is keyof typeof kinds {
  return Object.hasOwn(kinds, kind);
}

/** Another version of this library has other checks. */
export function canCompare(evidence: Evidence): boolean {
  return evidence.libraryVersion === libraryVersion();
}

function countReasons(head: RecordHead, signature: RecordSignature | undefined, { evidence, now }: Judged): string[] {
  if (signature === undefined) return [];
  const judgement = judgeRecord(head, signature, { evidence, now, maxAgeDays });
  // The signature is told by itself.
  const isOther = (reason: string): boolean => !("refused" in signature) || reason !== signature.refused;
  if (!judgement.counts) return judgement.reasons.filter(isOther).map((reason) => `it does not count: ${reason}`);
  return judgement.place === undefined
    ? ["it is of a host that is no part of the cache, or does not say which: what holds there shows nothing"]
    : [];
}

/** Each look is made with a word of its own. */
function nonceProblems({ records }: Manifest, files: BundleFiles): string[] {
  const nonces = records.map(({ name }) => /"nonce": ?"([^"]*)"/.exec(files.get(name)?.toString("utf8") ?? "")?.[1]);
  return records
    .filter((_, index) => nonces[index] !== undefined && nonces.indexOf(nonces[index]) !== index)
    .map(({ name }) => `${name}: it has the word of another record: one was taken twice`);
}

function attestationsOf(files: BundleFiles, now: Date): { found: Attestation[] | undefined; problems: string[] } {
  const content = files.get("attestations.yaml");
  if (content === undefined) return { found: undefined, problems: [] };
  try {
    return { found: parseAttestations(decoded(content), now), problems: [] };
  } catch (error) {
    return {
      found: undefined,
      problems: [`attestations.yaml: ${error instanceof Error ? error.message : String(error)}`],
    };
  }
}

/** The files that go with the records: made again of these, or of what was given, they have to be the same. */
function fileProblems(
  { cache, records, files: listed }: Manifest,
  files: BundleFiles,
  { evidence }: ContentRules,
): string[] {
  const csvs = records.flatMap(({ name }) => (name.endsWith("-extract.json") ? [name.replace(/\.json$/, ".csv")] : []));
  const known = [...csvs, "evidence.json", "policy-run.json", "attestations.yaml"];
  const names = listed.map(({ name }) => name);
  return [
    ...names.filter((name) => !known.includes(name)).map((name) => `${name}: verify --all writes no file of this name`),
    ...[...csvs, "evidence.json"]
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is missing in the list`),
    ...csvs.flatMap((name) =>
      problemOf(name, files, (text) => csvProblem(text, files.get(name.replace(/\.csv$/, ".json")))),
    ),
    ...problemOf("evidence.json", files, (text) =>
      evidenceDigest(parseEvidence(JSON.parse(text))) === evidenceDigest(evidence)
        ? undefined
        : "it is other evidence than this one",
    ),
    ...problemOf("policy-run.json", files, (text) => {
      checkPolicyRun("--check-bundle", "policy-run.json", JSON.parse(text), cache);
      return undefined;
    }),
  ];
}

function csvProblem(text: string, record: Buffer | undefined): string | undefined {
  if (record === undefined) return undefined;
  const extract = extractSchema.safeParse(JSON.parse(record.toString("utf8")));
  return !extract.success || entriesCsv(extract.data.entries) === text
    ? undefined
    : "its rows are not the entries of its record";
}

function problemOf(name: string, files: BundleFiles, judge: (text: string) => string | undefined): string[] {
  const content = files.get(name);
  if (content === undefined) return [];
  try {
    const problem = judge(decoded(content));
    return problem === undefined ? [] : [`${name}: ${problem}`];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
