import type { Registered } from "../component/mocks.js";
import { secretMark } from "../component/specification.js";
import { hostTypes } from "./hostTypes.js";
import { keptTypes, withoutCounterpart } from "./keptTypes.js";
import { networkTypes } from "./networkTypes.js";
import type { Converted, ResourceType, TemplateResource } from "./resourceType.js";

/** How each type of AWS's that a program registers is said in CloudFormation. */
const types: Readonly<Record<string, ResourceType>> = { ...hostTypes, ...keptTypes, ...networkTypes };

export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** A program's resources of AWS's as a template of CloudFormation; what it has no way to say is an error. */
export function templateOf(resources: readonly Registered[]): Template {
  const all: Record<string, TemplateResource> = {};
  for (const resource of ofAws(resources)) {
    if (resource.type in withoutCounterpart) continue;
    for (const [id, one] of Object.entries(converted(resource))) {
      if (id in all) throw new Error(`Two resources of the template are called ${id}.`);
      all[id] = one;
    }
  }
  return { AWSTemplateFormatVersion: "2010-09-09", Resources: all };
}

/** What is registered with AWS itself: neither components, nor other providers' resources, nor the provider. */
export function ofAws(resources: readonly Registered[]): readonly Registered[] {
  return resources.filter(({ type }) => type.startsWith("aws:"));
}

/** Its type and name in letters and digits, which is all that a template allows. */
export function templateId({ type, name }: Registered): string {
  const words = [type.split(":").at(-1) ?? "", ...name.split(/[^A-Za-z0-9]+/)];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Every type and input of the tables, by `<type>` and `<type> <input>`: so that one that nothing uses is noticed. */
export function tableEntries(): readonly string[] {
  const ofTypes = Object.entries(types).flatMap(([type, { same = [], renamed = {}, other = {}, without = {} }]) =>
    [...same, ...[renamed, other, without].flatMap(Object.keys)].map((input) => `${type} ${input}`),
  );
  return [...Object.keys(types), ...Object.keys(withoutCounterpart), ...ofTypes];
}

function converted(resource: Registered): Record<string, TemplateResource> {
  const type = types[resource.type];
  if (type === undefined) throw new Error(`No entry for the type ${resource.type}: add it to test/schemas/*Types.ts.`);
  const output = (name: string): unknown => resource.state[name];
  const parts = Object.entries(resource.inputs).map(([input, value]) => {
    const part = convertedInput(type, input, revealed(value), output);
    if (part === undefined) throw new Error(`No entry for the input ${input} of ${resource.type}: add it there.`);
    return part;
  });
  const chosen = Object.entries(type.chosen ?? {}).map(([property, name]) => ({
    properties: { [property]: output(name) },
  }));
  const id = templateId(resource);
  const Properties = merged([...parts, ...chosen].map(({ properties }) => properties ?? {}));
  const further = parts.flatMap(({ resources = {} }) => Object.entries(resources));
  return {
    [id]: { Type: type.is, Properties },
    ...Object.fromEntries(further.map(([suffix, one]) => [`${id}${suffix}`, one])),
  };
}

function convertedInput(
  { same = [], renamed = {}, other = {}, without = {} }: ResourceType,
  input: string,
  value: unknown,
  output: (name: string) => unknown,
): Converted | undefined {
  if (same.includes(input)) return { properties: { [input.charAt(0).toUpperCase() + input.slice(1)]: value } };
  const property = renamed[input];
  if (property !== undefined) return { properties: { [property]: value } };
  return other[input]?.(value, output) ?? (input in without ? {} : undefined);
}

/** Two inputs may be parts of one property. */
function merged(parts: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [name, value] of parts.flatMap(Object.entries) as [string, unknown][]) {
    all[name] = name in all ? { ...(all[name] as object), ...(value as object) } : value;
  }
  return all;
}

/** Without the wrapping of a secret. */
export function revealed(value: unknown): unknown {
  const isSecret = typeof value === "object" && value !== null && secretMark in value && "value" in value;
  return isSecret ? value.value : value;
}
