import { counted } from "../../plan/counted";
import { inDirection } from "../../plan/flow";
import type { AssessedControl, Assessment, Status } from "../assess";
import { libraryName } from "../library";
import { evidenceNetworkMap } from "../networkMap";
import type { JudgedRecord } from "./verificationSummary";
import { heading, list, paragraph, table, type Block } from "./blocks";

/** The report's first page: for somebody who has never seen the cache or the program that made it. */
export function summary(assessment: Assessment, date: Date, records: readonly JudgedRecord[]): Block[] {
  const { plan, evidence, controls, deviations } = assessment;
  const { deployed } = evidence;
  const count = (status: Status): number => controls.filter((control) => control.status === status).length;
  return [
    heading(1, `Security of the Redis cache “${plan.name}”`),
    table(
      ["About this report", ""],
      [
        [
          "What it covers",
          `The cache ${plan.name} in AWS region ${deployed.region}, VPC ${deployed.vpcId}: ${counted(plan.nodes.length, "node")}, its network, credentials and hosts' settings`,
        ],
        [
          "What it does not",
          "The applications that use it, their hosts' other software, the organisation's own procedures",
        ],
        ["Written", date.toISOString().slice(0, 16).replace("T", " ") + " UTC"],
        ["Made by", `${libraryName} ${evidence.libraryVersion}, from what was deployed`],
        ["Verified", verified(records)],
        ["Signed", "____________________   on ____________"],
      ],
    ),
    { kind: "map", svg: evidenceNetworkMap(assessment) },
    heading(2, "Summary"),
    paragraph(
      "A cache keeps copies of data in memory, so that an application doesn't have to ask its database each time. These copies may be patient data (PHI), so the HIPAA Security Rule applies. This report says, point by point, what protects them here, who is responsible for it, and what risk is left.",
    ),
    paragraph(
      `Controls: ${controls.length}. Met: ${count("met")}. Weakened by your organisation's choice: ${count("weakened")}. Met in another way, which your organisation has to approve: ${count("alternative")}. Not applicable, for a stated reason: ${count("not applicable")}. For your organisation to do, because software can't: ${count("organisation")}.`,
    ),
    list([
      `Who can reach it: ${inDirection("ingress", plan.flows)
        .map(({ reason, cidrBlocks }) => `${lowerFirst(reason)} (${cidrBlocks.join(", ")})`)
        .join("; ")}. Nobody else, and nobody from the internet.`,
      `Applications that may use it: ${plan.clients.map(({ client }) => client).join(", ")}, each with a certificate and a password of its own. What they send is encrypted (TLS 1.3), and both ends prove who they are.`,
      plan.operators.length === 0
        ? "People who may sign in to it: none."
        : `People who may sign in to it: ${plan.operators.map(({ name }) => name).join(", ")}, each with a key of their own; what they do is recorded, and idle sessions end after ${counted(plan.operatorIdleLogoffMinutes, "minute")}.`,
      "Patient data is never written to a disk; the disks are encrypted anyway.",
      `Hardware: ${plan.tenancy === "dedicated" ? "no other AWS customer uses it" : "shared with other AWS customers"}.`,
      deviations.length === 0
        ? "Deviations from the safe defaults: none."
        : `Deviations from the safe defaults: ${deviations.map(({ argument }) => `\`${argument}\``).join(", ")}. Each is explained below.`,
    ]),
    paragraph("For your organisation to do:"),
    list(controls.flatMap(toDo)),
    { kind: "page" },
  ];
}

function verified(records: readonly JudgedRecord[]): string {
  if (records.length === 0) return "not on a running host, when this was written";
  const findings = new Set(records.flatMap((one) => one.findings));
  const last =
    records
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? "";
  const found = findings.size === 0 ? "no findings" : `${counted(findings.size, "finding")}, below`;
  const others = records.filter(({ judgedBy }) => judgedBy === "another").length;
  const judged = others === 0 ? "" : `; ${others} of ${counted(records.length, "record")} judged by other evidence`;
  return `on the running system, last on ${last.slice(0, 10)}: ${found}${judged}`;
}

/** What a control leaves to the organisation, if anything. */
function toDo({ id, title, demand, status }: AssessedControl): string[] {
  if (status === "organisation") return [`${title}: ${lowerFirst(demand)}`];
  return status === "alternative" ? [`${title}: approve what is done instead, and document why (${id}).`] : [];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
