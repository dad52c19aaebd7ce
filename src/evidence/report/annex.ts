import { unitNames } from "../../host/units";
import type { HostKind } from "../../plan/hostKinds";
import { classicalGroup } from "../../plan/keyExchange";
import { releases } from "../../plan/operatingSystem";
import type { AssessedControl, Assessment } from "../assess";
import type { Check, Expectation } from "../check";
import { evidenceDigest } from "../digest";
import { exchangesSeen } from "../exchangesSeen";
import { checkUsers } from "../hostCommands";
import { packagesOf } from "../inventory";
import { libraryName } from "../library";
import { packagesSeen } from "../packagesSeen";
import { cacheTitle } from "../served";
import { notLookedAt } from "../sheets/looks";
import { assetsPart } from "./assetsPart";
import { heading, paragraph, table, type Block } from "./blocks";
import { moment, type ContentsOptions, type ReportOptions } from "./options";
import { controlLink } from "./names";
import { otherRequirementsPart } from "./requirementsPart";
import { ownWords, type Inline, type Text } from "./text";

/** What only those need who check the report: commands and what they must print, other requirements, assets and packages. */
export function annexContents(assessment: Assessment, options: ContentsOptions): Block[] {
  const { plan, evidence, controls } = assessment;
  return [
    heading(1, `Annex: security of the ${cacheTitle({ ...plan, name: `“${plan.name}”` })}`),
    paragraph(
      "This belongs to the ",
      { href: options.report, words: "report" },
      ` that ${libraryName} ${evidence.libraryVersion} wrote on ${moment(options.date)}, by the evidence with the SHA-256 `,
      { code: evidenceDigest(evidence) },
      ".",
    ),
    heading(2, "How each control is checked"),
    paragraph(
      { code: "pulumi-hipaa-redis verify" },
      " runs these commands. They change nothing and print no secret. An expression has to match what is printed. The script in ",
      { code: `$${checkUsers}` },
      ", which compares Redis's users with those of its files, is part of what ",
      { code: "verify --print-script" },
      " prints.",
    ),
    ...controls.flatMap((control) => controlPart(control, options.report)),
    ...otherRequirementsPart(assessment, options.report),
    ...assetsPart(assessment),
    ...exchangesPart(assessment),
    ...packagesPart(assessment, options),
  ];
}

function controlPart(control: AssessedControl, report: string): Block[] {
  const { id, hipaa, nist, proposed, checks } = control;
  const cited = [
    ...hipaa.map((paragraphId) => `45 CFR ${paragraphId}`),
    ...(nist.length > 0 ? [`NIST SP 800-53 ${nist.join(", ")}`] : []),
    ...proposed,
  ];
  return [
    heading(3, [controlLink(control, report), ` (${id})`], id),
    ...(cited.length === 0 ? [] : [paragraph(cited.join("; "))]),
    ...(checks.length === 0
      ? []
      : [
          table(
            [
              ["Where", 13],
              ["What it shows", 25],
              ["Command", 40],
              ["What it must print", 22],
            ],
            checks.map(checkRow),
          ),
        ]),
  ];
}

function checkRow(check: Check): Text[] {
  const shows = ownWords(check.shows);
  if (check.by === "person") return ["by a person", shows, "none: somebody looks, and attests it", ""];
  const where = check.by === "aws" ? "in AWS" : `on ${check.hosts.map(hostWord).join(" and ")}`;
  return [where, shows, [{ code: check.command }], [expected(check.expect)]];
}

function expected(expect: Expectation): Inline {
  if ("fails" in expect) return "the command fails";
  return "prints" in expect ? { code: expect.prints } : "nothing";
}

function hostWord(kind: HostKind): string {
  return kind === "cache" ? "the node" : "the app host";
}

/** Which hosts have only what a later quantum computer breaks. */
function exchangesPart(assessment: Assessment): Block[] {
  const { title, hasHybridKeyExchange } = releases[assessment.plan.operatingSystem];
  if (!hasHybridKeyExchange) return [];
  return [
    heading(2, "Key exchange with app hosts"),
    paragraph(
      `Nodes run ${title}. What is recorded between them and an app host that exchanges keys by ${classicalGroup} alone can be read by whoever has a quantum computer later.`,
    ),
    table(
      [
        ["App host of", 30],
        ["Instance", 30],
        ["Keys exchanged by, when somebody looked", 40],
      ],
      exchangesSeen(assessment).map(({ client, instanceId, group, date }) => [
        client,
        instanceId ?? "",
        date === undefined ? notLookedAt : `${exchangeInWords(group)} (${date.slice(0, 10)})`,
      ]),
    ),
  ];
}

function exchangeInWords(group = "nothing that it told"): string {
  return group === classicalGroup ? `${group} alone` : group;
}

function packagesPart(assessment: Assessment, { packageVersions = {} }: ReportOptions): Block[] {
  const { plan, evidence } = assessment;
  const seen = packagesSeen(assessment);
  return [
    heading(2, "Packages"),
    paragraph(
      `What a node has besides Debian's own image; ${libraryName} ${evidence.libraryVersion} put it there. Every package with its version is in each node's journal: `,
      { code: `journalctl -u ${unitNames.packages}` },
      ".",
    ),
    table(
      [
        ["Package", 40],
        ["Version when somebody looked", 60],
      ],
      packagesOf(plan).map((name) => [[{ code: name }], packageVersions[name] ?? seen.get(name) ?? "not looked at"]),
    ),
  ];
}
