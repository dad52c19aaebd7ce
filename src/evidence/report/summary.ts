import { counted } from "../../plan/counted";
import type { ClusterPlan } from "../../plan/cluster";
import { hasPort, inDirection } from "../../plan/flow";
import type { AssessedControl, Assessment } from "../assess";
import { imagesInWords } from "../imageAge";
import { libraryName } from "../library";
import { evidenceNetworkMap } from "../networkMap";
import { cacheTitle, servedInWords } from "../served";
import { hasPeers } from "../shape";
import type { Status } from "../status";
import { heading, list, paragraph, table, type Block } from "./blocks";
import { coverageInWords } from "./coverageInWords";
import { controlLink } from "./names";
import { moment } from "./options";
import { joined, ownWords, statusWords, type Inline, type Names, type Text } from "./text";

/** The report's first page: for somebody who has never seen the cache or the program that made it. */
export function summary(assessment: Assessment, date: Date, names: Names): Block[] {
  const { plan } = assessment;
  return [
    heading(1, `Security of the ${cacheTitle({ ...plan, name: `“${plan.name}”` })}`),
    aboutTable(assessment, date),
    { kind: "map", svg: evidenceNetworkMap(assessment) },
    heading(2, "Summary"),
    paragraph(
      "A cache keeps copies of data in memory, so that an application doesn't have to ask its database each time. These copies may be patient data (PHI), so the HIPAA Security Rule applies. This report says what protects them here, who is responsible for it, and what risk is left.",
    ),
    ...notMet(assessment),
    countsOf(assessment),
    paragraph("By design:"),
    list(byDesign(assessment, date, names)),
    ...forTheOrganisation(assessment),
  ];
}

function aboutTable({ plan, evidence, controls, account, coverage, records }: Assessment, date: Date): Block {
  const { deployed } = evidence;
  const findings = controls.filter(({ status }) => status === "not met").length;
  return table(
    [
      ["About this report", 18],
      ["", 82],
    ],
    [
      [
        "What it covers",
        `The cache ${plan.name} in AWS account ${account.id}${account.emulated ? " (emulated)" : ""}, region ${deployed.region}, VPC ${deployed.vpcId}: ${counted(plan.nodes.length, "node")}, its network, credentials and hosts' settings`,
      ],
      [
        "What it does not",
        "The applications that use it, their hosts' other software, the organisation's own procedures",
      ],
      ["What its nodes run", servedInWords(plan, "report")],
      ["Written", `${moment(date)} by ${libraryName} ${evidence.libraryVersion}, from what was deployed`],
      ["Verified", coverageInWords(coverage, account, findings)],
      ...records.refused.map(({ name, reasons }) => ["Not counted", `${name}: ${reasons.join("; ")}`]),
      ["Approved", ["By whoever has signed under ", { href: "#approval", words: "Approval" }, ", at the end"]],
    ],
  );
}

/** By title alone, so that all of it is on the first page: the findings' words are under Controls. */
function notMet({ controls }: Assessment): Block[] {
  const found = controls.filter(({ status }) => status === "not met");
  if (found.length === 0) return [];
  const links = found.map((control): Text => [
    controlLink(control),
    ` (${counted(control.seen.findings.length, "finding")})`,
  ]);
  return [paragraph({ strong: "Not met:" }, " ", ...joined(links, "; "), ".")];
}

/** How many controls have which status; a status that none has is left out. */
function countsOf({ controls }: Assessment): Block {
  const counts = (Object.keys(statusWords) as Status[])
    .map((status) => ({ status, count: controls.filter((control) => control.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }): Text => [{ status }, `: ${count}`]);
  return paragraph({ strong: `Controls: ${controls.length}.` }, " ", ...joined(counts, ", "), ".");
}

function byDesign({ plan, evidence: { deployed }, deviations }: Assessment, date: Date, names: Names): Text[] {
  const callers = inDirection("ingress", plan.flows.filter(hasPort)).map(
    ({ reason, cidrBlocks }) => `${lowerFirst(reason)} (${cidrBlocks.join(", ")})`,
  );
  return [
    `Who can reach it: ${callers.join("; ")}. Nobody else, and nobody from the internet.`,
    `What it asks for itself: names (DNS), the time, its address (DHCP), the credentials of its role (instance metadata), and by HTTPS its secret and Debian's packages${hasPeers(plan) ? "; it also reports there how it does" : ""}.`,
    `Applications that may use it: ${plan.clients.map(({ client }) => client).join(", ")}, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.`,
    plan.operators.length === 0
      ? "People who may sign in to it: none."
      : `People who may sign in to it: ${plan.operators.map(({ name }) => name).join(", ")}, each with a key of their own; what they do is recorded, and idle sessions end after ${counted(plan.operatorIdleLogoffMinutes, "minute")}.`,
    ...imagesInWords(deployed, date).map((words) => ownWords(words, names)),
    ...whenANodeIsAway(plan, names),
    "Redis writes no patient data to a disk; the disks are encrypted anyway.",
    `Hardware: ${plan.tenancy === "dedicated" ? "no other AWS customer uses it" : "shared with other AWS customers"}. AWS operates the hypervisor.`,
    deviations.length === 0
      ? "Deviations from the safe defaults: none."
      : [
          "Deviations from the safe defaults: ",
          ...joined(
            deviations.map(({ argument }): Text => [{ code: argument }]),
            ", ",
          ),
          ". Each is explained under ",
          { href: "#deviations", words: "Deviations" },
          ".",
        ],
  ];
}

function whenANodeIsAway({ nodes, replication, cluster }: Assessment["plan"], names: Names): Text[] {
  if (cluster !== undefined) return [ownWords(whenANodeOfAShardIsAway(cluster), names)];
  if (replication === undefined) return [];
  const words = `When a node is away: one of the other ${nodes.length - 1}, each with a copy of all values, takes over. The last writes may be lost then (\`failover\`).`;
  return [ownWords(words, names)];
}

function whenANodeOfAShardIsAway({ shards, replicas }: ClusterPlan): string {
  const others = `The other ${shards - 1} shards go on.`;
  return replicas === 0
    ? `When a node is away: its part of the keys, one of ${shards}, is away until it is back, and empty then. ${others} (\`failover\`)`
    : `When a node is away: ${replicas === 1 ? "the other one" : `one of the other ${replicas}`} of its shard, with a copy of its part of the keys, one of ${shards}, takes over. The last writes may be lost then. ${others} (\`failover\`)`;
}

/** By title alone, so that all of it is on the first page: what each demands is under Controls. */
function forTheOrganisation({ controls }: Assessment): Block[] {
  const all = controls.filter(({ missing }) => missing.includes("organisation"));
  if (all.length === 0) return [];
  const line = (what: string, isMeant: (status: Status) => boolean): Inline[][] => {
    const meant = all.filter(({ status }) => isMeant(status)).map((control: AssessedControl) => [controlLink(control)]);
    return meant.length === 0 ? [] : [[`${what}: `, ...joined(meant, "; "), "."]];
  };
  return [
    paragraph(
      "What is missing of your organisation's part (",
      { href: "#controls", words: "Controls" },
      " has what each demands):",
    ),
    list([
      ...line("To do", (status) => status === "organisation"),
      ...line("To approve, and to document why", (status) => status === "alternative"),
      ...line("To attest", (status) => status !== "organisation" && status !== "alternative"),
    ]),
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
