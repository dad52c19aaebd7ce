import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceDigest } from "../evidence/digest";
import type { Evidence } from "../evidence/evidence";
import { placeOf } from "../evidence/places";
import { parseRecord, type VerificationRecord } from "../evidence/record";
import { nodesSeen } from "../evidence/nodesSeen";
import { rolesInWords, rolesSeen } from "../evidence/rolesSeen";
import { planCache } from "../plan/cachePlan";
import { libraryName, libraryVersion } from "../evidence/library";
import { parseAttestations } from "../verify/attestations";
import { timestampName } from "../verify/bundle/check";
import { listed, manifestName, sha256, type Manifest } from "../verify/bundle/manifest";
import { checkPolicyRun } from "../verify/bundle/policyRun";
import { requestTimestamp } from "../verify/bundle/timestamp";
import { newChallenge } from "../verify/challenge";
import { periodOf } from "../verify/extract/period";
import { runScript } from "../verify/runScript";
import { checkScript } from "../verify/script";
import { readResults } from "../verify/scriptResults";
import { shardsText } from "../verify/shardsTable";
import { signFile } from "../verify/signature";
import { bundleSteps, type Step } from "./bundleHosts";
import { parseJson, readEvidenceFile, readTextFile } from "./files";
import { refuseOthersPlace } from "./rootsOwn";
import { say, sayLines } from "./say";

/** The options of `verify --all`. */
export interface BundleOptions {
  readonly evidence: string;
  readonly host?: readonly string[];
  readonly sshOption?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly attestations?: string;
  readonly policyRecord?: string;
  readonly timestampUrl?: string;
  readonly timestampCa?: string;
  readonly out?: string;
  readonly signWith?: string;
}

/** Looks at everything that was named, one after the other, and only then writes and signs all of it. */
export function writeBundle(options: BundleOptions): void {
  const { out, signWith, host = [], policyRecord, timestampUrl, timestampCa } = options;
  if (out === undefined || signWith === undefined || host.length === 0)
    throw new Error(
      "--all needs --host, --out <folder> and --sign-with: what is looked at, where it goes, and who signs it.",
    );
  if ([options.evidence, policyRecord, options.attestations].includes("-"))
    throw new Error("--all takes files, which it puts into the bundle, and nothing from standard input.");
  if ((timestampUrl === undefined) !== (timestampCa === undefined))
    throw new Error("--timestamp-url and --timestamp-ca go together: a stamp that nobody can check proves nothing.");
  refuseOthersPlace("--out", out);
  refuseFull(out);
  const evidence = readEvidenceFile(options.evidence);
  const { cache } = evidence;
  const evidenceSha256 = evidenceDigest(evidence);
  if (policyRecord !== undefined) refuseOthersPolicyRun(policyRecord, cache);
  const now = new Date();
  const { sshOption = [], since, until } = options;
  const period = periodOf(since, until, now);
  const steps = bundleSteps(host, evidence, { sshOption, period, ...attestationsOf(options, now) });
  const { records, others, looks, isClean } = takeAll(steps, cache, evidenceSha256);
  const files = new Map<string, string | Buffer>([...others, ...given(options)]);
  const manifest: Manifest = {
    schemaVersion: 1,
    kind: "bundle",
    tool: `${libraryName} ${libraryVersion()}`,
    date: new Date().toISOString(),
    cache,
    evidenceSha256,
    records: [...records].map(([name, content]) => listed(name, content)),
    files: [...files].map(([name, content]) => listed(name, content)),
    ...(timestampUrl === undefined ? {} : { timestampUrl }),
  };
  mkdirSync(out, { recursive: true });
  const manifestText: [string, string] = [manifestName, `${JSON.stringify(manifest, null, 2)}\n`];
  for (const [name, content] of [...records, ...files, manifestText]) writeFileSync(join(out, name), content);
  for (const [name] of [...records, manifestText]) signFile(join(out, name), signWith);
  if (timestampUrl !== undefined && timestampCa !== undefined)
    writeFileSync(join(out, timestampName), requestTimestamp(join(out, manifestName), timestampUrl, timestampCa));
  say(`Written and signed: ${out}, ${records.size} records.`);
  sayRoles(evidence, looks);
  if (!isClean) process.exitCode = 1;
}

/** Who led and who followed, of a cache of several nodes. */
function sayRoles(evidence: Evidence, looks: readonly VerificationRecord[]): void {
  const plan = planCache(evidence.cache, evidence.arguments);
  const counted = looks.map((record) => ({ record, place: placeOf(record, evidence) }));
  if (plan.cluster !== undefined) sayLines(shardsText(nodesSeen({ plan, records: { counted } })));
  const roles = rolesSeen({ plan, records: { counted } });
  if (roles.length > 0) say(`The cache's nodes: ${rolesInWords(roles)}.`);
}

function refuseFull(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  if (names.length > 0) throw new Error(`--out: ${folder} is not empty. Give a folder of its own for each bundle.`);
}

function refuseOthersPolicyRun(path: string, cache: string): void {
  const option = "--policy-record";
  checkPolicyRun(option, path, parseJson(option, path, readTextFile(option, path)), cache);
}

function attestationsOf(
  { attestations }: BundleOptions,
  now: Date,
): { attestations?: ReturnType<typeof parseAttestations> } {
  if (attestations === undefined) return {};
  return { attestations: parseAttestations(readTextFile("--attestations", attestations), now) };
}

interface Taken {
  readonly records: Map<string, string>;
  readonly others: Map<string, string>;
  /** Those of the records that are of checks. */
  readonly looks: readonly VerificationRecord[];
  readonly isClean: boolean;
}

/** Each record names the digest of the one before it. */
function takeAll(steps: readonly Step[], cache: string, evidenceSha256: string): Taken {
  const records = new Map<string, string>();
  const others = new Map<string, string>();
  const looks: VerificationRecord[] = [];
  let previous: string | undefined;
  let isClean = true;
  for (const { name, look, place } of steps) {
    const challenge = newChallenge();
    const printed = runScript(place, checkScript(look.target, look.commands, challenge));
    const { results, date, host } = readResults(look.commands, challenge, printed);
    const looked = look.judge(results, {
      cache,
      date,
      place: place.name,
      host,
      nonce: challenge.nonce,
      evidenceSha256,
      ...(previous === undefined ? {} : { previousRecordSha256: previous }),
    });
    sayLines(looked.text);
    const text = `${JSON.stringify(looked.record, null, 2)}\n`;
    records.set(`${name}.json`, text);
    if (name.endsWith("-checks")) looks.push(parseRecord("--all", name, looked.record));
    if (looked.csv !== undefined) others.set(`${name}.csv`, looked.csv);
    previous = sha256(text);
    isClean &&= looked.isClean;
  }
  return { records, others, looks, isClean };
}

/** What was given, byte by byte. */
function given({ evidence, policyRecord, attestations }: BundleOptions): [name: string, content: Buffer][] {
  return [
    ["evidence.json", evidence],
    ["policy-run.json", policyRecord],
    ["attestations.yaml", attestations],
  ].flatMap(([name = "", path]): [string, Buffer][] => (path === undefined ? [] : [[name, readFileSync(path)]]));
}
