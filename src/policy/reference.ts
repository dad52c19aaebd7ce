import { listAt, notKnown, type StackResource } from "./resource";

export type Answer = "yes" | "no" | "notKnown";

/**
 * Whether a property names one of `targets`. Ids are often unknown until the update, so what the value was computed from
 * counts first; values are compared where both are there.
 *
 * @param identity the targets' properties that may be named, `id` and `arn` by default.
 */
export function refersTo(
  resource: StackResource,
  property: string,
  targets: readonly StackResource[],
  identity: readonly string[] = ["id", "arn"],
): Answer {
  if (targets.length === 0) return "no";
  // The engine tells it of a whole property: for `vpcConfig.subnetIds` of `vpcConfig`.
  const sources = resource.madeFrom[property.split(".")[0] ?? ""] ?? [];
  const alike = sources.filter(({ type }) => targets.some((target) => target.type === type));
  const hits = alike.filter((source) => targets.some(({ urn }) => urn === source.urn));
  if (hits.length > 0 && hits.length === alike.length) return "yes";
  const values = listAt(resource.props, property);
  const unknown = values === notKnown || values.includes(notKnown);
  const names = targets.flatMap(({ props }) => identity.map((key) => props[key]));
  if (values !== notKnown && values.some((value) => typeof value === "string" && names.includes(value))) return "yes";
  if (!unknown) return "no";
  if (alike.length > 0) return hits.length > 0 ? "notKnown" : "no";
  // Without a source the program has given nothing: the cloud fills it in.
  return sources.length > 0 ? "notKnown" : "no";
}

/** The answer for several properties of which each may name a target. */
export function anyRefersTo(
  resource: StackResource,
  properties: readonly string[],
  targets: readonly StackResource[],
): Answer {
  const answers = properties.map((property) => refersTo(resource, property, targets));
  if (answers.includes("yes")) return "yes";
  return answers.includes("notKnown") ? "notKnown" : "no";
}
