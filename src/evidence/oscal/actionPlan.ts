import { acceptanceOf, riskId } from "../acceptance";
import type { Assessment } from "../assess";
import { openItems, type OpenItem, type OpenKind } from "../openItems";
import { unratedRisks, type UnratedRisk } from "../risks";
import { cacheTitle } from "../served";
import { recordResources, reportResources, type ReportFile } from "./backMatter";
import { components, inventoryItems, people, type Ids } from "./deployment";
import { listed, metadata, oneLine, oscalFiles, ownProperty } from "./form";
import { observationsOf, strangers, toolComponent, type Observation } from "./observations";

/** A plan of action and milestones: everything that is open, item by item as `openItems` has it. */
export function actionPlan(assessment: Assessment, files: readonly ReportFile[], date: Date, id: Ids): object {
  const { plan, evidence, controls } = assessment;
  const items = openItems(assessment);
  const failed = controls.flatMap((control) => observationsOf(control, assessment, id).filter(({ holds }) => !holds));
  const risky = new Set(items.map(riskOf));
  return {
    "plan-of-action-and-milestones": {
      uuid: id("action-plan"),
      metadata: {
        ...metadata(`${cacheTitle(plan)}: what is open`, evidence.libraryVersion, date),
        ...people(id),
      },
      "import-ssp": { href: oscalFiles.securityPlan },
      "system-id": { "identifier-type": "https://ietf.org/rfc/rfc4122", id: id("system") },
      "local-definitions": {
        components: [toolComponent(assessment, id), ...components(assessment, id)],
        ...listed("inventory-items", [...inventoryItems(assessment, id), ...strangers(assessment, id)]),
      },
      ...listed(
        "observations",
        failed.map(({ document }) => document),
      ),
      ...listed(
        "risks",
        unratedRisks(assessment)
          .filter((risk) => risky.has(risk.id))
          .map((risk) => riskDocument(risk, assessment, id)),
      ),
      "poam-items": items.length === 0 ? [verifyAgain(id)] : items.map((item) => poamItem(item, failed, id)),
      "back-matter": { resources: [...reportResources(assessment, files, id), ...recordResources(assessment, id)] },
    },
  };
}

/** OSCAL wants an item: this is open even when nothing else is. */
function verifyAgain(id: Ids): object {
  return {
    uuid: id("item", "verify-again"),
    title: "Verify again",
    description: "Nothing else is open. Records of verify do not count for ever: verify after each deployment.",
    remarks,
  };
}

const remarks = "Who sees to it, and until when, your organisation decides.";

const kindWords: Readonly<Record<OpenKind, string>> = {
  finding: "not so",
  weakened: "weaker than the default by choice",
  "not attested": "not attested",
  "attestation due": "attestation due again",
  "not looked at": "not looked at",
};

function poamItem(item: OpenItem, failed: readonly Observation[], id: Ids): object {
  const { id: key, kind, title, what, from, closes, acceptance } = item;
  const of = failed.filter(({ item: open }) => open === key);
  return {
    uuid: id("item", key),
    title: oneLine(`${title}: ${kindWords[kind]}`),
    description: `${what.replace(/\.$/, "")}. Known from ${from}. What closes it: ${closes}`,
    props: [ownProperty("open-item", key)],
    ...listed(
      "related-observations",
      of.map((one) => ({ "observation-uuid": one.id })),
    ),
    "related-risks": [{ "risk-uuid": id("risk", riskOf(item)) }],
    remarks:
      acceptance === undefined
        ? remarks
        : `${acceptance.holds ? "Accepted" : "Not accepted"}: ${acceptance.found}. ${remarks}`,
  };
}

/** The risk that an item leaves: of the argument that weakens, or of the control. */
function riskOf({ control, argument }: OpenItem): string {
  return riskId(argument ?? control);
}

function riskDocument(risk: UnratedRisk, { acceptances }: Assessment, id: Ids): object {
  const { id: name, control, what, mitigation } = risk;
  const acceptance = acceptanceOf(risk, acceptances);
  return {
    uuid: id("risk", name),
    title: control.title,
    description: control.demand,
    statement: what,
    props: [
      ownProperty("risk", name),
      ...(acceptance === undefined ? [] : [ownProperty("acceptance", acceptance.found)]),
    ],
    status: acceptance?.holds === true ? "deviation-approved" : "open",
    remediations: [
      { uuid: id("remediation", name), lifecycle: "recommendation", title: control.title, description: mitigation },
    ],
  };
}
