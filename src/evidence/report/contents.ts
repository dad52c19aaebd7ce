import type { Assessment, AssessedControl, AssessedRequirement } from "../assess";
import { unitNames } from "../../host/units";
import type { HostKind } from "../../plan/hostKinds";
import { inWords, type Check } from "../check";
import { groupsInWords, judgesInWords, networksOf, portInWords } from "../flowsInWords";
import { packagesOf } from "../inventory";
import { libraryName } from "../library";
import { proposedRule } from "../proposedRule";
import { heading, list, paragraph, table, type Block } from "./blocks";
import { otherSafeguardsPart } from "./otherSafeguardsPart";
import { checksInWords, controlStatus, requirementStatus } from "./statusInWords";
import { summary } from "./summary";
import { verificationPart } from "./verification";

/** What only the writer of a report knows. */
export interface ReportOptions {
  /** When it is written. By default now. */
  readonly date?: Date;
  /** Versions of the packages on the nodes, by name, as `dpkg-query --show` prints them there. */
  readonly packageVersions?: Readonly<Record<string, string>>;
}

/** The report, part by part: first what somebody reads who doesn't know Pulumi, then the proof. */
export function contents(assessment: Assessment, options: ReportOptions): Block[] {
  const { plan, evidence } = assessment;
  return [
    ...summary(assessment, options.date ?? new Date()),
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
        groupsInWords(flow, evidence.deployed).join(", ") || "none named",
        judgesInWords(flow),
      ]),
    ),
    heading(2, "Deviations"),
    ...deviationsPart(assessment),
    ...leftOpenPart(assessment),
    heading(2, "Verification"),
    ...verificationPart(assessment),
    ...requirementsPart(assessment),
    ...otherSafeguardsPart(assessment),
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
    ...assessment.controls.flatMap(controlPart),
  ];
}

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

function leftOpenPart({ leftOpen }: Assessment): Block[] {
  if (leftOpen.length === 0) return [];
  return [
    heading(3, "Left open by default"),
    paragraph(
      "No control is weakened by these, but each leaves a risk that somebody has to accept, or can close. The risk register has them too (docs/evidence.md).",
    ),
    table(
      ["What", "Here", "What is left open", "What closes it", "Control"],
      leftOpen.map(({ name, here, leavesOpen, closes, control }) => [`\`${name}\``, here, leavesOpen, closes, control]),
    ),
  ];
}

function requirementsPart({ hipaa, article, proposed, controls }: Assessment): Block[] {
  const rows = (list: readonly AssessedRequirement[]): string[][] =>
    list.map((one) => {
      const seen = controls.filter(({ id }) => one.controls.includes(id)).flatMap((control) => control.seen.checks);
      return [one.id, one.title, one.from, requirementStatus(one), checksInWords(seen), one.controls.join(", ")];
    });
  return [
    heading(2, "Requirements"),
    paragraph("Each is as good as the worst of the controls that answer it."),
    heading(3, "45 CFR 164.312, technical safeguards of the HIPAA Security Rule"),
    table(["Paragraph", "Title", "Kind", "Status", "Verified", "Controls"], rows(hipaa)),
    heading(3, "HIPAA, PHI, and Caching (2016)"),
    table(
      ["Demand", "Section", "Status", "Verified", "Controls"],
      rows(article).map((row) => row.slice(1)),
    ),
    heading(3, `Where the Security Rule proposed in 2025 asks more (${proposedRule.citation}; not in force)`),
    paragraph(proposedRule.status),
    table(
      ["Paragraph", "Asks for", "Status", "Verified", "Controls"],
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

function controlPart(control: AssessedControl): Block[] {
  const { id, title, demand, how, hipaa, nist, proposed, owners, checks, seen, risk } = control;
  const cited = [
    ...hipaa.map((paragraphId) => `45 CFR ${paragraphId}`),
    ...(nist.length > 0 ? [`NIST SP 800-53 ${nist.join(", ")}`] : []),
    ...proposed,
  ];
  return [
    heading(3, `${title} (${id})`),
    table(
      ["Status", "Designed", "Verified", "Owner", "Answers"],
      [[...controlStatus(control), owners.map(ownerWord).join(", "), cited.join("; ")]],
    ),
    paragraph(`Demanded: ${demand}`),
    list(how),
    list(checks.map(checkInWords)),
    ...seen.attested.map((words) => paragraph(`Attested: ${words}.`)),
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
