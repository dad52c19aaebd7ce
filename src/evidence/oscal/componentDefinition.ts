import { defaultIdleLogoffMinutes } from "../../plan/cachePlan";
import { redisPort, sshPort } from "../../plan/ports";
import { defaultSecurityUpdateWindow } from "../../plan/updateWindow";
import { designedStatus } from "../assess";
import type { Control } from "../control";
import { controlsOf } from "../controls";
import { libraryName, libraryVersion } from "../library";
import { uuidOf } from "../uuid";
import { catalogue, listed, metadata, namespace, oneLine, ownProperty, type Property } from "./form";
import { parametersOf } from "./parameters";
import { requirementsOf, safeguardProperties, withoutRequirement, type Requirement } from "./requirements";
import { ownerRoles, responsibleRoles } from "./roles";
import { worstState } from "./status";

/** What a control is by its design, where no argument weakens it. */
type Designed = Control & Parameters<typeof worstState>[0][number];

/** Its ids are the same whenever it is made, and whatever the version. */
function libraryId(...parts: readonly string[]): string {
  return uuidOf(namespace, "library", ...parts);
}

/**
 * This library as an OSCAL component definition (pages.nist.gov/OSCAL), of no cache in particular: the controls of NIST SP 800-53 that
 * it implements with its defaults, with HIPAA's paragraphs as properties. The package has it as `pulumi-hipaa-redis/oscal-component-definition.json`,
 * and each report as `oscal-component-definition.json`.
 *
 * @param options - `date` is when it was made, by default now.
 * @returns The document, to be written as JSON.
 */
export function libraryOscal(options: { readonly date?: Date } = {}): object {
  const version = libraryVersion();
  const designed = controlsOf({}).map((control): Designed => {
    const status = designedStatus(control, new Set());
    return { ...control, designed: status, status };
  });
  return {
    "component-definition": {
      uuid: libraryId("definition"),
      metadata: { ...metadata(libraryName, version, options.date ?? new Date()), roles: ownerRoles },
      components: [component(version, designed)],
      "back-matter": {
        resources: [
          { uuid: libraryId("catalogue"), title: "NIST SP 800-53, revision 5", rlinks: [{ href: catalogue }] },
          { uuid: libraryId("package"), title: `The package ${libraryName}`, rlinks: [{ href: namespace }] },
        ],
      },
    },
  };
}

function component(version: string, designed: readonly Designed[]): object {
  return {
    uuid: libraryId("component"),
    type: "software",
    title: libraryName,
    description:
      "Components for Pulumi that make a Redis or Valkey cache on AWS that may hold patient data (PHI): a node behind a tunnel with mutual TLS, its network, and the hosts of its applications.",
    props: [
      { name: "version", value: version },
      ...designed.filter(({ nist }) => nist.length > 0).flatMap(ruleOf),
      // What is for the organisation alone implements none of NIST's controls, and is told here.
      ...withoutRequirement(designed).flatMap(propertiesOf),
    ],
    "responsible-roles": responsibleRoles(designed),
    protocols: [
      protocol("redis", "Application hosts reach Redis through the tunnel", redisPort),
      protocol("ssh", "Operators sign in from bastions, where there are any", sshPort),
    ],
    "control-implementations": [
      {
        uuid: libraryId("implementation"),
        source: catalogue,
        description: "What a cache with the default arguments does for controls of NIST SP 800-53, revision 5.",
        "implemented-requirements": requirementsOf(designed).map(implementedRequirement),
      },
    ],
  };
}

function implementedRequirement({ controlId, controls: answering }: Requirement<Designed>): object {
  const defaults = {
    operatorIdleLogoffMinutes: defaultIdleLogoffMinutes,
    securityUpdateWindow: defaultSecurityUpdateWindow,
  };
  return {
    uuid: libraryId("requirement", controlId),
    "control-id": controlId,
    description: answering.map(({ title, demand }) => `${title}: ${demand}`).join("\n\n"),
    props: [
      { name: "implementation-status", value: worstState(answering) },
      ...answering.flatMap(propertiesOf),
      ...answering.map(({ id }) => rule("Rule_Id", id)),
    ],
    ...listed("set-parameters", parametersOf(controlId, defaults)),
    "responsible-roles": responsibleRoles(answering),
    remarks: answering.map(({ risk }) => `${risk.remains} ${risk.mitigation}`).join("\n\n"),
  };
}

function propertiesOf(control: Designed): Property[] {
  return [...safeguardProperties(control), ownProperty("designed", control.designed, control.id)];
}

/** compliance-trestle takes up what a component does for a control where a rule is named: each safeguard is one. */
function ruleOf({ id, demand }: Designed): Property[] {
  return [rule("Rule_Id", id, id), rule("Rule_Description", demand, id)];
}

function rule(name: string, value: string, ruleSet?: string): Property {
  return { name, ns: trestleNamespace, value: oneLine(value), ...(ruleSet === undefined ? {} : { remarks: ruleSet }) };
}

const trestleNamespace = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";

function protocol(name: string, title: string, port: number): object {
  const ranges = [{ start: port, end: port, transport: "TCP" }];
  return { uuid: libraryId("protocol", name), name, title: oneLine(title), "port-ranges": ranges };
}
