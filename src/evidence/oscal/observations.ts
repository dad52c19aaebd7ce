import type { AssessedControl, Assessment } from "../assess";
import { libraryName } from "../library";
import { itemOfFinding } from "../openItems";
import { placeInWords, strangerInWords } from "../places";
import type { CheckAt, Finding } from "../verified";
import { recordId } from "./backMatter";
import { organisation, subjectOf, type Ids } from "./deployment";
import { ownProperty } from "./form";

/** What was seen of one check in one place, by records that count. */
export interface Observation {
  readonly id: string;
  readonly holds: boolean;
  /** Of what does not hold, the id of what is open because of it. */
  readonly item: string | undefined;
  readonly document: object;
}

/** Every look at a control: of a check where it belongs, and of what did not hold on a host that is no part of the cache. */
export function observationsOf(control: AssessedControl, assessment: Assessment, id: Ids): Observation[] {
  const { checks, findings } = control.seen;
  const here = checks.filter(({ outcome }) => outcome !== "not looked at");
  const strange = new Map<string, Findings>();
  for (const finding of findings) {
    const { where, shows } = finding;
    if (here.some((check) => isOf(check, where, shows))) continue;
    const key = JSON.stringify([where, shows]);
    const [first = finding, ...others] = strange.get(key) ?? [];
    strange.set(key, first === finding ? [finding] : [first, ...others, finding]);
  }
  return [
    ...here.map((check) => observation(control, check, assessment, id)),
    ...[...strange.values()].map((some) => onStranger(control, some, id)),
  ];
}

function isOf({ place, shows }: CheckAt, where: string, what: string): boolean {
  return shows === what && placeInWords(place) === where;
}

function observation(control: AssessedControl, check: CheckAt, assessment: Assessment, id: Ids): Observation {
  const { by, shows, place, outcome, dates, recorded } = check;
  const uuid = id("observation", control.id, by, shows, place.kind, place.name);
  const findings = control.seen.findings.filter((one) => isOf(check, one.where, one.shows));
  const words = by === "person" && findings.length === 0 ? control.seen.attested : findings.map(findingInWords);
  const evidence = assessment.records.counted
    .filter(({ record }) => recorded.includes(record.date))
    .map((signed) => ({ href: `#${recordId(id, signed)}`, description: `Signed by ${signed.signedBy}.` }));
  const document = {
    ...formOf(uuid, control, shows, outcome === "holds"),
    methods: [by === "person" ? "EXAMINE" : "TEST"],
    origins: [{ actors: [by === "person" ? { type: "party", "actor-uuid": organisation(id) } : tool(id)] }],
    subjects: [subjectOf(place, id)],
    ...(evidence.length === 0 ? {} : { "relevant-evidence": evidence }),
    collected: [...dates].sort().at(0),
    ...(words.length === 0 ? {} : { remarks: words.join("\n\n") }),
  };
  const [finding] = findings;
  const item = finding === undefined ? undefined : itemOfFinding(control, finding);
  return { id: uuid, holds: outcome === "holds", item, document };
}

type Findings = readonly [Finding, ...Finding[]];

/** Hosts that say no id of an instance may all call themselves the same. */
function onStranger(control: AssessedControl, findings: Findings, id: Ids): Observation {
  const [finding] = findings;
  const { shows, where } = finding;
  const uuid = id("observation", control.id, "stranger", shows, where);
  const document = {
    ...formOf(uuid, control, shows, false),
    methods: ["TEST"],
    origins: [{ actors: [tool(id)] }],
    subjects: [{ "subject-uuid": strangerId(where, id), type: "inventory-item" }],
    collected: findings
      .map(({ date }) => date)
      .sort()
      .at(0),
    remarks: findings.map(findingInWords).join("\n\n"),
  };
  return { id: uuid, holds: false, item: itemOfFinding(control, finding), document };
}

function formOf(uuid: string, { id, title }: AssessedControl, shows: string, holds: boolean): object {
  const props = [ownProperty("safeguard", id), ownProperty("outcome", holds ? "holds" : "finding")];
  return { uuid, title, description: shows, props, types: [holds ? "control-objective" : "finding"] };
}

function findingInWords({ where, expected, found }: Finding): string {
  return `${where}: expected ${expected}; found: ${found === "" ? "nothing" : found}`;
}

function tool(id: Ids): object {
  return { type: "tool", "actor-uuid": id("tool") };
}

/** What ran the checks. */
export function toolComponent({ evidence }: Assessment, id: Ids): object {
  return {
    uuid: id("tool"),
    type: "validation",
    title: `${libraryName} verify`,
    description: "Runs the checks of the report on hosts and in AWS, and writes a record that somebody signs.",
    props: [{ name: "version", value: evidence.libraryVersion }],
    status: { state: "operational" },
  };
}

/** Hosts where something did not hold, although they are no part of the cache. */
export function strangers({ controls, records }: Assessment, id: Ids): object[] {
  const hosts = records.counted.filter(({ place }) => place === undefined).map(({ record }) => record.host);
  const found = new Set(controls.flatMap(({ seen }) => seen.findings.map(({ where }) => where)));
  return [...new Set(hosts)]
    .filter((host) => found.has(strangerInWords(host)))
    .map((host) => ({
      uuid: strangerId(strangerInWords(host), id),
      description: `A host that is no part of the cache: ${host}`,
    }));
}

function strangerId(where: string, id: Ids): string {
  return id("stranger", where);
}
