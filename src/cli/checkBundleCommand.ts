import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceDigest } from "../evidence/digest";
import { bundleProblems, timestampName, type BundleFiles } from "../verify/bundle/check";
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
  ];
  for (const name of [manifestName, ...manifest.records.map(({ name }) => name)]) {
    const content = files.get(name);
    if (content === undefined) continue;
    const signature = signatureOf(join(folder, name), content.toString("utf8"), signers);
    if ("refused" in signature) problems.push(`${name}: ${signature.refused}`);
    else say(`${name}: signed by ${signature.signedBy}`);
  }
  if (manifest.timestampUrl !== undefined && files.has(timestampName))
    say(stampText(folder, manifest.timestampUrl, timestampCa, problems));
  for (const problem of problems) say(`Not as it was put together: ${problem}.`);
  if (problems.length > 0) process.exitCode = 1;
  else
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
