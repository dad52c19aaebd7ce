import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { engineProgram, type Engine } from "../../src/plan/engine.js";
import type { VerificationRecord } from "../../src/evidence/record.js";
import { repositoryRoot } from "../stateFolder.js";
import { attemptsSummary } from "./attempts.js";
import type { DemoResult } from "./demo.js";
import { inColumns, shellWord, wrap } from "./layout.js";
import type { Failure } from "./takeover.js";

/** How the report is shown. */
export interface ReportForm {
  /** How wide it may be. */
  readonly columns: number;
  /** Whether each attempt is shown, and each operation that failed, not only how many there were. */
  readonly verbose: boolean;
}

/** What of a demo the report tells. */
export type Reported = Pick<
  DemoResult,
  "engine" | "attempts" | "attemptsFile" | "takeover" | "patients" | "environmentFile" | "verifications" | "reportFiles"
> & { readonly hosts: { readonly all: readonly { readonly name: string; readonly liveRootFolder: string }[] } };

/** What the demo prints at its end. */
export function report(result: Reported, resources: readonly CreatedResource[], form: ReportForm): string {
  const { engine, patients, verifications, reportFiles } = result;
  return [
    "\nCreated by pulumi up:",
    inColumns(namesByType(resources), form.columns),
    "\nThe application, on its own host, through both tunnels:",
    patientsLines(patients),
    ...attemptsLines(result, form),
    ...takeoverLines(result, form),
    "\nWhether what runs is what was planned (pulumi-hipaa-redis verify):",
    ...verifications.map(verificationLine),
    `\n${wrap(whatIsReal(engine), form.columns)}`,
    "\nEverything stays up for a look around, from any folder:",
    ...lookAround(result),
    "\nThe compliance report, for whoever signs it; it stays after --down:",
    ...reportFiles.map((file) => `  ${file}`),
  ].join("\n");
}

/** Without replicas. */
function attemptsLines({ attempts, attemptsFile }: Reported, { columns, verbose }: ReportForm): string[] {
  if (attemptsFile === undefined) return [];
  return [
    "\nAttempts that must fail:",
    attemptsSummary(attempts, columns, verbose),
    `Each with what came back: ${attemptsFile}`,
  ];
}

/** With replicas, and with shards. */
function takeoverLines({ engine, takeover }: Reported, { columns, verbose }: ReportForm): string[] {
  if (takeover === undefined) return [];
  const { before, after, ofShard, operations, failures, silentMilliseconds, patients } = takeover;
  const { readBack } = JSON.parse(patients) as Record<string, number>;
  const told = [
    `${before} was the primary${ofShard ? " of the shard that had the application's keys" : ""}, and its ${engineProgram(engine).title} was killed. ${after} took`,
    `over: for ${silentMilliseconds} ms the application got no answer, and ${failures.length} of its ${operations} operations since then`,
    `failed. ${before} came back as a replica. All ${readBack} records${ofShard ? ", of all shards," : ""} were still there.`,
    "(Attempts to get in are part of the demo of one node.)",
  ].join(" ");
  return [
    `\nWhen ${ofShard ? "a shard's" : "the"} primary is away:`,
    wrap(told, columns, "  "),
    ...(verbose ? failures.map(failureLine) : []),
  ];
}

function failureLine({ millisecondsAfterKill, milliseconds }: Failure): string {
  return `  failed: begun ${millisecondsAfterKill} ms after the kill, told after ${milliseconds} ms`;
}

/** Commands that work wherever they are typed. */
function lookAround({ hosts, environmentFile }: Reported): string[] {
  const root = shellWord(repositoryRoot);
  return [
    "  # the stack",
    `  . ${shellWord(environmentFile)} && pulumi --cwd ${root} stack --stack demo`,
    ...hosts.all.flatMap(({ name, liveRootFolder }) => [
      `  # a shell on ${name}`,
      `  nsenter -t ${initPid(liveRootFolder)} -a bash`,
    ]),
    "  # take all of it away",
    `  npm --prefix ${root} run demo -- --down`,
  ];
}

export interface CreatedResource {
  readonly type: string;
  readonly name: string;
}

export function createdResources(state: Deployment): CreatedResource[] {
  const { resources = [] } = state.deployment as { resources?: { type: string; urn: string }[] };
  return resources.map(({ type, urn }) => ({ type, name: urn.split("::").at(-1) ?? "" }));
}

/** What stands in for the cloud here, and what is the real thing. */
function whatIsReal(engine: Engine): string {
  const server = engineProgram(engine).title;
  return [
    `Real: the Pulumi engine, the certificates and passwords, the user data, cloud-init, systemd, ${server}, the tunnel,`,
    "nftables, sshd, awscli, ioredis. Emulated: AWS's API by LocalStack (which enforces no IAM policy), EC2 instances by",
    "containers booted from the user data that the API reports, AWS's firewalls by nftables compiled from the rules that",
    "the API reports, and, unless --plugins official is given, the official Pulumi plugins by the lab's own.",
  ].join(" ");
}

function namesByType(resources: readonly CreatedResource[]): [string, string][] {
  const names = new Map<string, string[]>();
  for (const { type, name } of resources) names.set(type, [...(names.get(type) ?? []), name]);
  return [...names].sort().map(([type, list]) => [type, list.join(", ")]);
}

function patientsLines(line: string): string {
  const { written, readBack, bytes, writeMilliseconds, readMilliseconds } = JSON.parse(line) as Record<string, number>;
  return [
    `  ${written} records written in ${writeMilliseconds} ms, ${readBack} read back as they went in ${readMilliseconds} ms,`,
    `  ${bytes} bytes.`,
  ].join("\n");
}

function verificationLine({ place, controls, findings }: VerificationRecord): string {
  const checks = controls.flatMap((control) => control.checks);
  const found = findings.length === 0 ? "no findings" : `FINDINGS: ${findings.join(", ")}`;
  return `  ${place}: ${checks.length} checks, ${found}.`;
}

/** The folder is below the host's first process in /proc. */
function initPid(liveRootFolder: string): string {
  return liveRootFolder.split("/")[2] ?? "";
}
