/** A resource in a template of CloudFormation. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What an input becomes: properties of the resource, and resources of their own, by what tells them apart. */
export interface Converted {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, TemplateResource>>;
}

/** An id, an ARN or the like of the resource that an input belongs to. */
type Output = (name: string) => unknown;

/** Where CloudFormation says in other words what an input says. */
export type Convert = (value: unknown, output: Output) => Converted;

/** How Pulumi's inputs of one type are said in CloudFormation; an input that is in none of the lists is refused. */
export interface ResourceType {
  /** The type there. */
  readonly is: string;
  /** Inputs that have the same name there, but for its first letter, and the same value. */
  readonly same?: readonly string[];
  /** Inputs that have another name there, and the same value. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly other?: Readonly<Record<string, Convert>>;
  /** Inputs that CloudFormation does not have, each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
  /** What has to be given there and is the provider's to choose here: properties, by the output that has it. */
  readonly chosen?: Readonly<Record<string, string>>;
}

/** One value as a property by another name, after a change. */
export function as(property: string, change: (value: unknown) => unknown): Convert {
  return (value) => ({ properties: { [property]: change(value) } });
}

/** Tags are a map here, and a list there. */
export const tags: Convert = as("Tags", (value) =>
  Object.entries(value as object).map(([Key, Value]: [string, unknown]) => ({ Key, Value })),
);

/** A policy is a text here, and what it holds there. */
export function policy(property: string): Convert {
  return as(property, (value) => JSON.parse(value as string) as unknown);
}
