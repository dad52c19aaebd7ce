import { evidenceAccount } from "../account";
import type { AssessedControl, Assessment } from "../assess";
import { controlStatus } from "../report/statusInWords";
import { cacheTitle } from "../served";
import { fileId, recordResources, reportResources, type ReportFile } from "./backMatter";
import { components, inventoryItems, people, type Ids } from "./deployment";
import { listed, metadata, ownProperty, type Property } from "./form";
import { parametersOf } from "./parameters";
import { requirementsOf, safeguardProperties, withoutRequirement, type Requirement } from "./requirements";
import { responsibleRoles } from "./roles";
import { worstState } from "./status";

interface PlanOptions {
  readonly files: readonly ReportFile[];
  readonly date: Date;
  readonly id: Ids;
  /** Where the profile is. */
  readonly profile: string;
}

/** What a deployment adds to the system security plan of the system that it is part of. */
export function securityPlan(assessment: Assessment, { files, date, id, profile }: PlanOptions): object {
  const { plan, evidence, controls } = assessment;
  return {
    "system-security-plan": {
      uuid: id("security-plan"),
      metadata: {
        ...metadata(`${cacheTitle(plan)}: fragment of a system security plan`, evidence.libraryVersion, date),
        ...people(id),
        remarks: "A fragment: your organisation's plan takes up its components and requirements.",
      },
      "import-profile": { href: profile },
      "system-characteristics": characteristics(assessment, id),
      "system-implementation": {
        users: users(assessment, id),
        components: [thisSystem(assessment, id), ...components(assessment, id)],
        ...listed("inventory-items", inventoryItems(assessment, id)),
      },
      "control-implementation": {
        description: "What the cache does for controls of NIST SP 800-53, revision 5, computed from what was deployed.",
        "implemented-requirements": requirementsOf(controls).map((one) => requirement(one, assessment, id)),
      },
      "back-matter": { resources: [...reportResources(assessment, files, id), ...recordResources(assessment, id)] },
    },
  };
}

/** What the plan calls the whole system, and what implements none of NIST's controls. */
function thisSystem({ plan, evidence, controls }: Assessment, id: Ids): object {
  return {
    uuid: id("system"),
    type: "this-system",
    title: "The system that the cache is part of",
    description: `The ${cacheTitle(plan)} and the applications that use it; the rest is your organisation's to describe.`,
    ...listed("props", withoutRequirement(controls).flatMap(propertiesOf)),
    status: { state: evidenceAccount(evidence).emulated ? "other" : "operational" },
  };
}

function characteristics({ plan, evidence }: Assessment, id: Ids): object {
  const { emulated } = evidenceAccount(evidence);
  return {
    "system-ids": [{ "identifier-type": "https://ietf.org/rfc/rfc4122", id: id("system") }],
    "system-name": cacheTitle(plan),
    description: "A cache in memory, with copies of what a system of record holds.",
    "system-information": {
      "information-types": [
        {
          uuid: id("phi"),
          title: "Patient data (PHI)",
          description: "Electronic protected health information, as the applications put it in.",
        },
      ],
    },
    status: emulated
      ? { state: "other", remarks: "It was deployed to an emulated AWS account." }
      : { state: "operational" },
    "authorization-boundary": {
      description: `The cache's nodes, its subnets in ${evidence.deployed.vpcId}, its secrets and its key. What is outside is your organisation's, or AWS's.`,
      diagrams: [
        {
          uuid: id("diagram"),
          description: "What may pass between the nodes and anything else.",
          links: [{ href: `#${fileId(id, "network-map.svg")}`, rel: "diagram" }],
        },
      ],
    },
  };
}

function users({ plan }: Assessment, id: Ids): object[] {
  return [
    ...plan.operators.map(({ name }) => ({ uuid: id("operator", name), title: name, "role-ids": ["operator"] })),
    ...plan.clients.map(({ client }) => ({ uuid: id("user", client), title: client, "role-ids": ["application"] })),
  ];
}

function requirement({ controlId, controls }: Requirement<AssessedControl>, { plan }: Assessment, id: Ids): object {
  return {
    uuid: id("requirement", controlId),
    "control-id": controlId,
    props: controls.flatMap(propertiesOf),
    ...listed("set-parameters", parametersOf(controlId, plan)),
    "responsible-roles": responsibleRoles(controls),
    "by-components": [
      {
        "component-uuid": id("component"),
        uuid: id("by-component", controlId),
        description: controls.map(({ title, how }) => `${title}: ${how.join(" ")}`).join("\n\n"),
        "implementation-status": {
          state: worstState(controls),
          remarks: controls.map((control) => `${control.title}: ${controlStatus(control)[0]}.`).join(" "),
        },
        remarks: controls.map(({ risk }) => `${risk.remains} ${risk.mitigation}`).join("\n\n"),
      },
    ],
  };
}

/** What the report's columns have. */
function propertiesOf(control: AssessedControl): Property[] {
  const [status, designed, verified] = controlStatus(control);
  return [
    ...safeguardProperties(control),
    ownProperty("status", status, control.id),
    ownProperty("designed", designed, control.id),
    ownProperty("verified", verified, control.id),
  ];
}
