/** Every text in a document whose key is one of these, in order. */
export function textsOf(part: unknown, isOne: (key: string) => boolean): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? (isOne(key) ? [value] : []) : textsOf(value, isOne),
  );
}

export interface Property {
  name: string;
  ns?: string;
  value: string;
  group?: string;
  remarks?: string;
}

/** What the tests read of the documents. */
export interface Requirement {
  uuid: string;
  "control-id": string;
  description?: string;
  props: Property[];
  remarks?: string;
  "set-parameters"?: { "param-id": string; values: string[] }[];
  "responsible-roles": { "role-id": string }[];
  "by-components"?: {
    uuid: string;
    description: string;
    remarks: string;
    "implementation-status": { state: string; remarks: string };
  }[];
}

export interface Component {
  type: string;
  title: string;
  description: string;
  props?: Property[];
  status: { state: string };
  protocols: { name: string; title: string; "port-ranges": object[] }[];
  "responsible-roles": { "role-id": string }[];
  "control-implementations": { "implemented-requirements": Requirement[] }[];
}

export interface Observation {
  uuid: string;
  title: string;
  description: string;
  methods: string[];
  subjects: { "subject-uuid": string; type: string }[];
  props: Property[];
  collected: string;
  remarks?: string;
  "relevant-evidence"?: { href: string; description: string }[];
}

export interface Result {
  start: string;
  end?: string;
  description: string;
  props?: Property[];
  "local-definitions": { components: { uuid: string }[]; "inventory-items": { uuid: string; description: string }[] };
  "reviewed-controls": {
    "control-selections": {
      "include-controls"?: { "control-id": string }[];
      "exclude-controls"?: { "control-id": string }[];
    }[];
  };
  observations?: Observation[];
  findings?: {
    title: string;
    description: string;
    target: { type: string; "target-id": string; status: { state: string; reason: string } };
    "related-observations": { "observation-uuid": string }[];
  }[];
}

export interface Resource {
  title: string;
  props?: Property[];
  rlinks?: { href: string; hashes?: { algorithm: string; value: string }[] }[];
}

export interface ActionPlan {
  observations?: Observation[];
  risks?: { uuid: string; title: string; statement: string; status: string; deadline?: string }[];
  "poam-items": {
    title: string;
    props?: Property[];
    description: string;
    remarks: string;
    "related-observations"?: object[];
    "related-risks"?: { "risk-uuid": string }[];
  }[];
}

/** What is in a document, below the name of its kind. */
export function contentOf(document: object): unknown {
  const [content] = Object.values(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
  return content;
}
