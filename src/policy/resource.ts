import { isAppPolicyName } from "../plan/appRoleNames";

/** Stands where the engine has no value yet: in a preview, what only the cloud can tell. */
export const notKnown: unique symbol = Symbol("not known yet");

/** One resource of the program, as a rule sees it. */
export interface StackResource {
  /** Such as `aws:ec2/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Plain data, with `notKnown` where a value is missing. */
  readonly props: Readonly<Record<string, unknown>>;
  /** The resources that a property was computed from, by the property's name. Only known of a whole stack. */
  readonly madeFrom: Readonly<Record<string, readonly StackResource[]>>;
}

/** The value at a path such as `metadataOptions.httpTokens`; `notKnown` where it or what is around it is missing yet. */
export function valueAt(props: unknown, path: string): unknown {
  let value = props;
  for (const key of path.split(".")) {
    if (value === notKnown || value === undefined || value === null) break;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? undefined;
}

/** The members of a list property, none where it isn't set. A single object is a list of one. */
export function listAt(props: unknown, path: string): readonly unknown[] | typeof notKnown {
  const value = valueAt(props, path);
  if (value === notKnown) return notKnown;
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/**
 * A role without its lists of policies where the cloud fills them in: what the program gives has a source when it is not known
 * yet. Only of a whole stack; one resource by itself has its inputs and nothing else.
 */
export function asGiven(resource: StackResource): StackResource {
  const filledIn = ["inlinePolicies", "managedPolicyArns"].filter(
    (property) => resource.props[property] === notKnown && (resource.madeFrom[property] ?? []).length === 0,
  );
  const props = Object.fromEntries(Object.entries(resource.props).filter(([key]) => !filledIn.includes(key)));
  return filledIn.length === 0 ? resource : { ...resource, props };
}

/** What a resource stands in, if that is a component of this library: the innermost one. */
export interface Inside {
  /** The component's own types in its URN, with those of its parents. */
  readonly types: string;
  readonly component: string;
  /** The resource's type, behind those of its parents inside the component. */
  readonly within: string;
}

export function insideOf(resource: StackResource): Inside | undefined {
  const [, types, component, within] =
    /^((?:.*\$)?pulumi-hipaa-redis:index:(\w+))\$(.+)$/.exec(typesOf(resource)) ?? [];
  return types === undefined || component === undefined || within === undefined
    ? undefined
    : { types, component, within };
}

/** A URN names the types of a resource's parents before its own. */
export function typesOf({ urn }: StackResource): string {
  return urn.split("::")[2] ?? "";
}

export function isMadeBy(component: ComponentName, resource: StackResource): boolean {
  return typesOf(resource).split("$").slice(0, -1).includes(`pulumi-hipaa-redis:index:${component}`);
}

export type ComponentName = "HipaaNetwork" | "HipaaRedisCache" | "HipaaRedisClient";

export function isMadeByThisLibrary(resource: StackResource): boolean {
  return (["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"] as const).some((component) =>
    isMadeBy(component, resource),
  );
}

/** Whether a policy is the caller's own, although a component has made it: that of an application's role. */
export function isOfApplication(policy: StackResource): boolean {
  return isMadeBy("HipaaRedisClient", policy) && isAppPolicyName(policy.name);
}

/** The resources of a type that caches in this stack are made of. */
export function ofCaches(stack: readonly StackResource[], type: string): readonly StackResource[] {
  return stack.filter((one) => one.type === type && isMadeBy("HipaaRedisCache", one));
}
