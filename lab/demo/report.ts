import Table from "cli-table3";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import type { Verification } from "../../src/verify/verification.js";
import type { Result } from "../scenario/runSuite.js";
import type { DemoResult } from "./demo.js";

/** What the demo prints at its end. */
export function report(result: DemoResult, resources: readonly CreatedResource[]): string {
  const { attacks, hosts, patients, environmentFile, verifications, reportFiles } = result;
  const failed = attacks.filter(({ refused }) => !refused);
  return [
    "\nCreated by pulumi up:",
    createdTable(resources),
    "\nThe application, on its own host, through both tunnels:",
    patientsLine(patients),
    "\nAttempts that must fail:",
    attacksTable(attacks),
    failed.length === 0
      ? `All ${attacks.length} attempts were refused.`
      : `${failed.length} of ${attacks.length} attempts SUCCEEDED: this cache is not safe.`,
    "\nWhether what runs is what was planned (pulumi-hipaa-redis verify):",
    ...verifications.map(verificationLine),
    "\nThe compliance report of this cache, for whoever signs it:",
    ...reportFiles.map((file) => `  ${file}`),
    `\n${whatIsReal}`,
    "\nEverything stays up for a look around:",
    `  . ${environmentFile} && pulumi stack --stack demo`,
    ...hosts.all.map((host) => `  nsenter -t ${initPid(host.liveRootFolder)} -a bash   # ${host.name}`),
    "  npm run demo -- --down   # takes all of it away",
  ].join("\n");
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
const whatIsReal = [
  "Real: the Pulumi engine, the certificates and passwords, the user data, cloud-init, systemd, Redis, the tunnel,",
  "nftables, sshd, awscli, ioredis. Emulated: AWS's API by LocalStack (which enforces no IAM policy), EC2 instances by",
  "containers booted from the user data that the API reports, AWS's firewalls by nftables compiled from the rules that",
  "the API reports, and, unless --plugins official is given, the official Pulumi plugins by the lab's own.",
].join("\n");

function createdTable(resources: readonly CreatedResource[]): string {
  const names = new Map<string, string[]>();
  for (const { type, name } of resources) names.set(type, [...(names.get(type) ?? []), name]);
  const table = new Table({ head: ["type", "names"], colWidths: [52, 64], wordWrap: true, style: plain });
  for (const [type, list] of [...names].sort()) table.push([type, list.join(", ")]);
  return table.toString();
}

function attacksTable(attacks: readonly Result[]): string {
  const head = ["who, from where", "what", "what came back", ""];
  const table = new Table({ head, colWidths: [30, 34, 40, 12], wordWrap: true, style: plain });
  for (const { attack, cameBack, refused } of attacks) {
    const { who, from, what } = attack;
    table.push([`${who} (${from})`, what, cameBack, refused ? "refused" : "SUCCEEDED"]);
  }
  return table.toString();
}

function patientsLine(line: string): string {
  const { written, readBack, bytes, writeMilliseconds, readMilliseconds } = JSON.parse(line) as Record<string, number>;
  return `  ${written} records written in ${writeMilliseconds} ms, ${readBack} read back as they went in ${readMilliseconds} ms, ${bytes} bytes.`;
}

function verificationLine({ place, controls, findings }: Verification): string {
  const checks = controls.flatMap((control) => control.checks);
  const found = findings.length === 0 ? "no findings" : `FINDINGS: ${findings.join(", ")}`;
  return `  ${place}: ${checks.length} checks, ${found}.`;
}

/** The folder is below the host's first process in /proc. */
function initPid(liveRootFolder: string): string {
  return liveRootFolder.split("/")[2] ?? "";
}

const plain = { head: [], border: [] };
