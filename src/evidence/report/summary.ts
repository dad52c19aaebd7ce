import { counted } from "../../plan/counted";
import { hasPort, inDirection } from "../../plan/flow";
import type { Assessment } from "../assess";
import { imagesInWords } from "../imageAge";
import { libraryName } from "../library";
import { evidenceNetworkMap } from "../networkMap";
import type { Status } from "../status";
import { heading, list, paragraph, table, type Block } from "./blocks";
import { coverageInWords } from "./coverageInWords";
import { findingsInWords } from "./statusInWords";

/** The report's first page: for somebody who has never seen the cache or the program that made it. */
export function summary(assessment: Assessment, date: Date): Block[] {
  const { plan, evidence, controls, deviations, account, coverage, records } = assessment;
  const { deployed } = evidence;
  const count = (status: Status): number => controls.filter((control) => control.status === status).length;
  return [
    heading(1, `Security of the Redis cache “${plan.name}”`),
    table(
      ["About this report", ""],
      [
        [
          "What it covers",
          `The cache ${plan.name} in AWS account ${account.id}${account.emulated ? " (emulated)" : ""}, region ${deployed.region}, VPC ${deployed.vpcId}: ${counted(plan.nodes.length, "node")}, its network, credentials and hosts' settings`,
        ],
        [
          "What it does not",
          "The applications that use it, their hosts' other software, the organisation's own procedures",
        ],
        ["Written", date.toISOString().slice(0, 16).replace("T", " ") + " UTC"],
        ["Made by", `${libraryName} ${evidence.libraryVersion}, from what was deployed`],
        ["Verified", coverageInWords(coverage, account, count("not met"))],
        ...records.refused.map(({ name, reasons }) => ["Not counted", `${name}: ${reasons.join("; ")}`]),
        ["Signed", "____________________   on ____________"],
      ],
    ),
    { kind: "map", svg: evidenceNetworkMap(assessment) },
    heading(2, "Summary"),
    paragraph(
      "A cache keeps copies of data in memory, so that an application doesn't have to ask its database each time. These copies may be patient data (PHI), so the HIPAA Security Rule applies. This report says, point by point, what protects them here, who is responsible for it, and what risk is left.",
    ),
    ...notMet(assessment),
    paragraph(
      `Controls: ${controls.length}. Met, as somebody has seen: ${count("met")}. Partly met: ${count("partly met")}. Designed, nothing verified: ${count("designed")}. Not met: ${count("not met")}. Weakened by choice: ${count("weakened")}. Not applicable: ${count("not applicable")}. Documented alternatives that nobody has approved: ${count("alternative")}. For your organisation to do: ${count("organisation")}. By design:`,
    ),
    list([
      `Who can reach it: ${inDirection("ingress", plan.flows.filter(hasPort))
        .map(({ reason, cidrBlocks }) => `${lowerFirst(reason)} (${cidrBlocks.join(", ")})`)
        .join("; ")}. Nobody else, and nobody from the internet.`,
      `Applications that may use it: ${plan.clients.map(({ client }) => client).join(", ")}, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.`,
      plan.operators.length === 0
        ? "People who may sign in to it: none."
        : `People who may sign in to it: ${plan.operators.map(({ name }) => name).join(", ")}, each with a key of their own; what they do is recorded, and idle sessions end after ${counted(plan.operatorIdleLogoffMinutes, "minute")}.`,
      ...imagesInWords(deployed, date),
      "Patient data is never written to a disk; the disks are encrypted anyway.",
      `Hardware: ${plan.tenancy === "dedicated" ? "no other AWS customer uses it" : "shared with other AWS customers"}.`,
      deviations.length === 0
        ? "Deviations from the safe defaults: none."
        : `Deviations from the safe defaults: ${deviations.map(({ argument }) => `\`${argument}\``).join(", ")}. Each is explained below.`,
    ]),
    ...forTheOrganisation(assessment),
    { kind: "page" },
  ];
}

function notMet({ controls }: Assessment): Block[] {
  const found = controls.filter(({ status }) => status === "not met");
  if (found.length === 0) return [];
  return [
    paragraph("Not met:"),
    list(found.map(({ title, seen }) => `${title}. ${findingsInWords(seen.findings).join(". ")}`)),
  ];
}

/** By title alone, so that all of it is on the first page: what each demands is under Controls. */
function forTheOrganisation({ controls }: Assessment): Block[] {
  const all = controls.filter(({ missing }) => missing.includes("organisation"));
  if (all.length === 0) return [];
  const line = (what: string, isMeant: (status: Status) => boolean): string[] => {
    const titles = all.filter(({ status }) => isMeant(status)).map(({ title }) => lowerFirst(title));
    return titles.length === 0 ? [] : [`${what}: ${titles.join("; ")}.`];
  };
  return [
    paragraph("What is missing of your organisation's part (the section Controls has what each demands):"),
    list([
      ...line("To do", (status) => status === "organisation"),
      ...line("To approve, and to document why", (status) => status === "alternative"),
      ...line("To attest", (status) => status !== "organisation" && status !== "alternative"),
    ]),
  ];
}

/** For the middle of a sentence. Names such as AWS and PHI stay as they are. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
