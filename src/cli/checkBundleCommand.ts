import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceDigest } from "../evidence/digest";
import type { RecordSignature } from "../evidence/judgeRecord";
import { bundleProblems, timestampName, type BundleFiles } from "../verify/bundle/check";
import { canCompare, contentProblems } from "../verify/bundle/content";
import { manifestName, parseManifest } from "../verify/bundle/manifest";
import { timestampOf } from "../verify/bundle/timestamp";
import { signatureOf } from "../verify/signature";
import { readEvidenceFile } from "./files";
import { signersOf } from "./recordOptions";
import { say } from "./say";

/** The options of `verify --check-bundle`. */
export interface CheckBundleOptions {
  readonly evidence: string;
  readonly checkBundle: string;
  readonly signer?: readonly string[];
  readonly timestampCa?: string;
}

/** By how much the clock of where it was put together may be ahead. */
const mostMinutesAhead = 5;

/** Whether a bundle is what was put together and signed. The keys come from the evidence that is given, never from the bundle. */
export function checkBundle({
  evidence: evidenceFile,
  checkBundle: folder,
  signer = [],
  timestampCa,
}: CheckBundleOptions): void {
  const evidence = readEvidenceFile(evidenceFile);
  const signers = signersOf(evidence, { signer });
  const files = readFolder(folder);
  const manifestText = files.get(manifestName);
  if (manifestText === undefined) throw new Error(`--check-bundle: ${folder} has no ${manifestName}: it is no bundle.`);
  const manifest = parseManifest(manifestText.toString("utf8"));
  const problems = [
    ...(manifest.cache === evidence.cache ? [] : ["it is of another cache"]),
    ...bundleProblems(manifest, files, evidenceDigest(evidence)),
    ...(Date.parse(manifest.date) > Date.now() + mostMinutesAhead * 60_000
      ? [`it is dated in the future, ${manifest.date}`]
      : []),
  ];
  const signatures = new Map<string, RecordSignature>();
  for (const name of [manifestName, ...manifest.records.map(({ name }) => name)]) {
    const content = files.get(name);
    if (content === undefined) continue;
    const signature = signatureOf(join(folder, name), content.toString("utf8"), signers);
    signatures.set(name, signature);
    if ("signedBy" in signature) say(`${name}: signed by ${signature.signedBy}`);
    else problems.push(`${name}: ${signature.refused}`);
  }
  problems.push(...contentProblems(manifest, files, { evidence, signatures }));
  if (!canCompare(evidence))
    say(
      `Controls and checks were not compared with the evidence, which is of version ${evidence.libraryVersion}: that version can.`,
    );
  if (manifest.timestampUrl !== undefined && files.has(timestampName))
    say(stampText(folder, manifest.timestampUrl, timestampCa, problems));
  for (const problem of problems) say(`Not as it was put together: ${problem}.`);
  if (problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  say("Each record counts, and what it says follows from the evidence, the attestations and what was answered.");
  say(
    `${folder}: ${manifest.records.length} records of ${manifest.cache}, put together ${manifest.date}: all are there, in their order, unchanged.`,
  );
}

function stampText(folder: string, url: string, caFile: string | undefined, problems: string[]): string {
  if (caFile === undefined) return "The timestamp was not checked: give --timestamp-ca.";
  try {
    return `Stamped ${timestampOf(join(folder, manifestName), join(folder, timestampName), caFile)}, by ${url}`;
  } catch (error) {
    problems.push(`its timestamp does not hold: ${error instanceof Error ? error.message : String(error)}`);
    return "The timestamp was checked.";
  }
}

function readFolder(folder: string): BundleFiles {
  try {
    const names = readdirSync(folder);
    const isFile = (name: string): boolean => lstatSync(join(folder, name)).isFile();
    return new Map(names.map((name) => [name, isFile(name) ? readFileSync(join(folder, name)) : Buffer.alloc(0)]));
  } catch (error) {
    throw new Error(
      `--check-bundle: ${folder} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
