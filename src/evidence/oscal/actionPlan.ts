import type { AssessedControl, Assessment } from "../assess";
import { findingsInWords } from "../report/statusInWords";
import type { Part } from "../status";
import { recordResources, reportResources, type ReportFile } from "./backMatter";
import { components, inventoryItems, people, type Ids } from "./deployment";
import { listed, metadata, oneLine, oscalFiles } from "./form";
import { observationsOf, strangers, toolComponent, type Observation } from "./observations";

/** Something that is open. */
interface Item {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** The safeguards whose risks it leaves. */
  readonly controls?: readonly string[];
  readonly observations?: readonly Observation[];
}

/** A plan of action and milestones: everything that is open. */
export function actionPlan(assessment: Assessment, files: readonly ReportFile[], date: Date, id: Ids): object {
  const { plan, evidence, controls } = assessment;
  const failed = new Map(
    controls.map((control) => [control.id, observationsOf(control, assessment, id).filter(({ holds }) => !holds)]),
  );
  const open = openItems(assessment, failed);
  const items = open.length === 0 ? [verifyAgain] : open;
  const risky = new Set(items.flatMap((item) => item.controls ?? []));
  const observations = [...failed.values()].flat().map(({ document }) => document);
  return {
    "plan-of-action-and-milestones": {
      uuid: id("action-plan"),
      metadata: {
        ...metadata(`Redis cache ${plan.name}: what is open`, evidence.libraryVersion, date),
        ...people(id),
      },
      "import-ssp": { href: oscalFiles.securityPlan },
      "system-id": { "identifier-type": "https://ietf.org/rfc/rfc4122", id: id("system") },
      "local-definitions": {
        components: [toolComponent(assessment, id), ...components(assessment, id)],
        ...listed("inventory-items", [...inventoryItems(assessment, id), ...strangers(assessment, id)]),
      },
      ...listed("observations", observations),
      ...listed(
        "risks",
        controls.filter((control) => risky.has(control.id)).map((control) => risk(control, id)),
      ),
      "poam-items": items.map((item) => poamItem(item, id)),
      "back-matter": { resources: [...reportResources(assessment, files, id), ...recordResources(assessment, id)] },
    },
  };
}

/** OSCAL wants an item: this is open even when nothing else is. */
const verifyAgain: Item = {
  key: "verify-again",
  title: "Verify again",
  description: "Nothing else is open. Records of verify do not count for ever: verify after each deployment.",
};

function openItems(assessment: Assessment, failed: ReadonlyMap<string, readonly Observation[]>): Item[] {
  const { controls, deviations } = assessment;
  return [
    ...controls
      .filter(({ status }) => status === "not met")
      .map(({ id, title, seen }) => ({
        key: `not-met ${id}`,
        title: `${title}: not met`,
        description: `${findingsInWords(seen.findings).join(". ")}.`,
        controls: [id],
        observations: failed.get(id) ?? [],
      })),
    ...deviations.map(({ argument, chosen, byDefault, consequence, control }) => ({
      key: `deviation ${argument}`,
      title: `${argument}: weaker than the default by choice`,
      description: `${chosen}, by default ${byDefault}. ${consequence}`,
      controls: [control],
    })),
    ...controls
      .filter(({ missing }) => missing.includes("organisation"))
      .map(({ id, title, how }) => ({
        key: `attest ${id}`,
        title: `${title}: your organisation's part`,
        description: `No record shows it: nobody has attested it, or looked. ${how.join(" ")}`,
        controls: [id],
      })),
    ...notLookedAt(controls, "hosts", "Hosts were not looked at"),
    ...notLookedAt(controls, "AWS", "The AWS account was not looked at"),
  ];
}

function notLookedAt(controls: readonly AssessedControl[], part: Part, title: string): Item[] {
  const lacking = controls.filter(({ missing }) => missing.includes(part)).map(({ id }) => id);
  if (lacking.length === 0) return [];
  return [{ key: `not-looked-at ${part}`, title, description: `Run verify. It concerns ${lacking.join(", ")}.` }];
}

function poamItem({ key, title, description, controls = [], observations = [] }: Item, id: Ids): object {
  return {
    uuid: id("item", key),
    title: oneLine(title),
    description,
    ...listed(
      "related-observations",
      observations.map((one) => ({ "observation-uuid": one.id })),
    ),
    ...listed(
      "related-risks",
      controls.map((control) => ({ "risk-uuid": id("risk", control) })),
    ),
    remarks: "Who sees to it, and until when, your organisation decides.",
  };
}

function risk(control: AssessedControl, id: Ids): object {
  return {
    uuid: id("risk", control.id),
    title: control.title,
    description: control.demand,
    statement: control.risk.remains,
    status: "open",
    remediations: [
      {
        uuid: id("remediation", control.id),
        lifecycle: "recommendation",
        title: control.title,
        description: control.risk.mitigation,
      },
    ],
  };
}
