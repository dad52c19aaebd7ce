import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { notKnown, type StackResource } from "./resource";

/** One resource as `validateResource` gets it: its inputs, without what else is in the stack. */
export function fromEngine({ type, name, urn, props }: ResourceValidationArgs): StackResource {
  return { type, name, urn, props: plainRecord(props), madeFrom: {} };
}

/** All resources as `validateStack` gets them, each of which knows those that its properties were computed from. */
export function fromEngineStack(resources: readonly PolicyResource[]): readonly StackResource[] {
  const madeFrom = new Map<string, Record<string, readonly StackResource[]>>();
  const stack = resources.map(({ type, name, urn, props }) => {
    const sources: Record<string, readonly StackResource[]> = {};
    madeFrom.set(urn, sources);
    return { type, name, urn, props: plainRecord(props), madeFrom: sources };
  });
  const byUrn = new Map(stack.map((resource) => [resource.urn, resource]));
  for (const { urn, propertyDependencies } of resources) {
    for (const [property, sources] of Object.entries(propertyDependencies)) {
      const known = sources.map((source) => byUrn.get(source.urn)).filter((source) => source !== undefined);
      Object.assign(madeFrom.get(urn) ?? {}, { [property]: known });
    }
  }
  return stack;
}

function plainRecord(props: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(props).map((key) => [key, plainAt(props, key)]));
}

/** The engine's values come in a wrapping that throws where there is no value yet. */
function plainAt(container: object, key: string): unknown {
  let value: unknown;
  try {
    value = Reflect.get(container, key);
  } catch {
    return notKnown;
  }
  if (typeof value !== "object" || value === null) return value;
  const wrapped = value;
  if (Array.isArray(wrapped)) return Array.from(wrapped.keys(), (index) => plainAt(wrapped, String(index)));
  return plainRecord(wrapped);
}
