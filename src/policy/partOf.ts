import type { StackResource } from "./resource";

/** What an id may be given as: by what it is computed from, which is known in a preview too, or as text. */
interface Owner {
  /** The type of the resource that parts belong to, such as a security group for its rules. */
  readonly types: readonly string[];
  /** The parts' property that has its id. */
  readonly by: string;
}

/**
 * The resources of a stack that are parts of one, or that one itself, as `resource` is: one may have it by another resource's
 * output and another by the id as text, so what either goes by counts.
 */
export function partsOfTheSame(
  resource: StackResource,
  stack: readonly StackResource[],
  owner: Owner,
): readonly StackResource[] {
  const names = new Set(namesOf(resource, owner));
  for (const one of stack.filter(({ type }) => owner.types.includes(type))) {
    const its = namesOf(one, owner);
    if (its.some((name) => names.has(name))) for (const name of its) names.add(name);
  }
  return stack.filter((one) => namesOf(one, owner).some((name) => names.has(name)));
}

function namesOf({ type, urn, props, madeFrom }: StackResource, { types, by }: Owner): readonly string[] {
  if (types.includes(type)) return [urn, ...texts(props.id)];
  return [...(madeFrom[by] ?? []).map((source) => source.urn), ...texts(props[by])];
}

function texts(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}
