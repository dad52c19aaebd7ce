import type { Assessment, AssessedControl, AssessedRequirement, Status } from "../assess";
import { unitNames } from "../../host/units";
import type { HostKind } from "../../plan/hostKinds";
import { inWords, type Check } from "../check";
import { groupsInWords, judgesInWords, networksOf, portInWords } from "../flowsInWords";
import { packagesOf } from "../inventory";
import { libraryName } from "../library";
import { proposedRule } from "../proposedRule";
import { heading, list, paragraph, table, type Block } from "./blocks";
import { otherSafeguardsPart } from "./otherSafeguardsPart";
import { summary } from "./summary";
import { judgedRecords, type JudgedRecord, type VerificationSummary } from "./verificationSummary";

/** What only the writer of a report knows. */
export interface ReportOptions {
  /** When it is written. By default now. */
  readonly date?: Date;
  /** Versions of the packages on the nodes, by name, as `dpkg-query --show` prints them there. */
  readonly packageVersions?: Readonly<Record<string, string>>;
  /**
   * What people have attested, by the id of the control, in words (docs/verify.md): when AWS's agreement was made, who approved
   * an alternative. Controls that nobody has attested are left out.
   */
  readonly attested?: Readonly<Record<string, string>>;
  /** Records of `pulumi-hipaa-redis verify` of this cache (docs/verify.md): when somebody has looked, and what they found. */
  readonly verifications?: readonly VerificationSummary[];
  /**
   * SHA-256 of the evidence's file, as given to `verify`: the report then says which records were judged by other evidence.
   * By default it says that they were not compared.
   */
  readonly evidenceSha256?: string;
}

/**
 * The report, part by part: first what somebody reads who doesn't know Pulumi, then the proof.
 *
 * @throws Error that names a record of another cache.
 */
export function contents(assessment: Assessment, options: ReportOptions): Block[] {
  const { plan, evidence } = assessment;
  const records = judgedRecords(plan.name, options);
  return [
    ...summary(assessment, options.date ?? new Date(), records),
    heading(2, "Network"),
    paragraph(
      "This table has every kind of traffic that is allowed. Everything else is blocked. What a node asks of Amazon itself no network ACL and no security group can judge: its own firewall does.",
    ),
    table(
      ["Traffic", "Direction", "Port", "Networks", "Security groups", "Judged by"],
      plan.flows.map((flow) => [
        flow.reason,
        flow.direction === "ingress" ? "to the node" : "from the node",
        portInWords(flow),
        networksOf(flow).join(", "),
        groupsInWords(flow).join(", ") || "none named",
        judgesInWords(flow),
      ]),
    ),
    heading(2, "Deviations"),
    ...deviationsPart(assessment),
    heading(2, "Verification"),
    ...verificationsPart(records),
    ...requirementsPart(assessment),
    ...otherSafeguardsPart(options.attested ?? {}),
    heading(2, "Risks and mitigations"),
    table(
      ["Control", "What remains", "What to do about it"],
      assessment.controls.map(({ title, risk }) => [title, risk.remains, risk.mitigation]),
    ),
    heading(2, "Certificates"),
    table(
      ["Certificate", "Valid from", "Valid until"],
      evidence.deployed.certificates.map(({ name, validFrom, validUntil }) => [name, validFrom, validUntil]),
    ),
    heading(2, "Packages"),
    ...packagesPart(assessment, options),
    heading(2, "Assets"),
    table(
      ["Kind", "Name", "Identifier", "Where"],
      assessment.assets.map(({ kind, name, identifier, where }) => [kind, name, `\`${identifier}\``, where]),
    ),
    { kind: "page" },
    heading(2, "Controls"),
    ...assessment.controls.flatMap((control) => controlPart(control, options.attested?.[control.id])),
  ];
}

/** How a status reads. */
export const statusWords: Readonly<Record<Status, string>> = {
  met: "met",
  weakened: "weakened by choice",
  "not applicable": "not applicable",
  alternative: "documented alternative",
  organisation: "for your organisation to do",
};

function deviationsPart({ deviations }: Assessment): Block[] {
  if (deviations.length === 0) return [paragraph("None: no argument is weaker than the library's default.")];
  return [
    table(
      ["Argument", "Chosen", "Default", "What follows", "Control"],
      deviations.map(({ argument, chosen, byDefault, consequence, control }) => [
        `\`${argument}\``,
        chosen,
        byDefault,
        consequence,
        control,
      ]),
    ),
  ];
}

function verificationsPart(records: readonly JudgedRecord[]): Block[] {
  if (records.length === 0) {
    const how =
      "`pulumi-hipaa-redis verify` checks whether what runs is what was planned, and writes a record to sign.";
    return [paragraph(`This report was written without a record of a verification. ${how}`)];
  }
  return [
    table(
      ["When", "What", "Where", "Judged by", "Findings"],
      records.map(({ date, target, place, host, judgedBy, findings }) => [
        minutes(date),
        target === "aws" ? "AWS account" : hostWord(target),
        `${host}, by ${place}`,
        judgedByWords[judgedBy],
        findings.length === 0 ? "none" : findings.join(", "),
      ]),
    ),
  ];
}

const judgedByWords: Readonly<Record<JudgedRecord["judgedBy"], string>> = {
  this: "this report's evidence",
  another: "other evidence",
  unknown: "evidence that was not compared",
};

/** A moment, as a person reads it. */
function minutes(date: string): string {
  return `${new Date(date).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function requirementsPart({ hipaa, article, proposed }: Assessment): Block[] {
  const rows = (list: readonly AssessedRequirement[]): string[][] =>
    list.map(({ id, title, from, status, controls }) => [id, title, from, statusWords[status], controls.join(", ")]);
  return [
    heading(2, "Requirements"),
    heading(3, "45 CFR 164.312, technical safeguards of the HIPAA Security Rule"),
    table(["Paragraph", "Title", "Kind", "Status", "Controls"], rows(hipaa)),
    heading(3, "HIPAA, PHI, and Caching (2016)"),
    table(
      ["Demand", "Section", "Status", "Controls"],
      rows(article).map((row) => row.slice(1)),
    ),
    heading(3, `Where the Security Rule proposed in 2025 asks more (${proposedRule.citation}; not in force)`),
    paragraph(proposedRule.status),
    table(
      ["Paragraph", "Asks for", "Status", "Controls"],
      rows(proposed).map(([id = "", title = "", , ...rest]) => [id, title, ...rest]),
    ),
  ];
}

function packagesPart({ plan, evidence }: Assessment, { packageVersions = {} }: ReportOptions): Block[] {
  return [
    paragraph(
      `What a node has besides Debian's own image; ${libraryName} ${evidence.libraryVersion} put it there. Every package with its version is in each node's journal: \`journalctl -u ${unitNames.packages}\`.`,
    ),
    table(
      ["Package", "Version when this was written"],
      packagesOf(plan).map((name) => [`\`${name}\``, packageVersions[name] ?? "not asked for"]),
    ),
  ];
}

function controlPart(control: AssessedControl, attested: string | undefined): Block[] {
  const { id, title, status, demand, how, hipaa, nist, proposed, owners, checks, risk } = control;
  const cited = [
    ...hipaa.map((paragraphId) => `45 CFR ${paragraphId}`),
    ...(nist.length > 0 ? [`NIST SP 800-53 ${nist.join(", ")}`] : []),
    ...proposed,
  ];
  return [
    heading(3, `${title} (${id})`),
    table(["Status", "Owner", "Answers"], [[statusWords[status], owners.map(ownerWord).join(", "), cited.join("; ")]]),
    paragraph(`Demanded: ${demand}`),
    list(how),
    list(checks.map(checkInWords)),
    ...(attested === undefined ? [] : [paragraph(`Attested: ${attested}.`)]),
    paragraph(`What remains: ${risk.remains}`),
    paragraph(`What to do about it: ${risk.mitigation}`),
  ];
}

function ownerWord(owner: AssessedControl["owners"][number]): string {
  return owner === "organisation" ? "your organisation" : owner === "component" ? "this library" : owner;
}

function checkInWords(check: Check): string {
  if (check.by === "person") return `Check, by a person: ${check.shows}.`;
  const where = check.by === "aws" ? "in AWS" : `on ${check.hosts.map(hostWord).join(" and ")}`;
  return `Check, ${where}: ${check.shows}. \`${check.command}\` ${inWords(check.expect)}.`;
}

function hostWord(kind: HostKind): string {
  return kind === "cache" ? "the node" : "the app host";
}
