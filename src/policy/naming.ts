import { leavesOf, type Leaf } from "./leaves";
import type { Answer } from "./reference";
import { notKnown, type StackResource } from "./resource";

/** How something of a cache's is named by what must leave it alone. */
export interface Naming {
  readonly targets: readonly StackResource[];
  /** The names of properties that stand for such a thing, at any depth: `subnetIds`, `vpcConfig.subnetIds`. */
  readonly by: RegExp;
  /** Whether an id names it under any property: those of EC2 are nobody else's, the name of a role may be. */
  readonly anywhere: boolean;
  /** Paths that name it and do nothing to it, such as the peer in a rule of another group. */
  readonly except?: RegExp;
}

/** What is handed on as a text, to a program or to people, gives nobody a place or a right by itself. */
const texts =
  /^(tags|tagsAll|description|userData|userDataBase64|value|content|contentBase64|secretString|environment\.variables|containerDefinitions|policy|assumeRolePolicy|inlinePolicies)(\.|$)/;

/** Whether a resource names one of the targets, wherever in its properties: no list of types can be whole. */
export function names(resource: StackResource, naming: Naming): Answer {
  const { targets, except } = naming;
  if (targets.length === 0) return "no";
  const answers = leavesOf(resource.props, "")
    .filter(({ path }) => !texts.test(path) && except?.test(path) !== true)
    .map((leaf) => (leaf.value === notKnown ? toCome(resource, leaf.path, naming) : isOne(leaf, naming)));
  if (answers.includes("yes")) return "yes";
  return answers.includes("notKnown") ? "notKnown" : "no";
}

/**
 * By ARN, or by id: alone, in a list (`subnet-1,subnet-2`), after its kind (`subnet:subnet-1`, the end of an ARN), in a text such
 * as JSON, or as the key of a map. What is no part of an id ends it.
 */
function isOne({ path, value }: Leaf, { targets, by, anywhere }: Naming): Answer {
  const text = typeof value === "string" ? value : "";
  const called = (name: unknown): boolean => typeof name === "string" && name !== "";
  const arns = targets.map(({ props }) => props.arn).filter(called);
  const ids = targets.flatMap(({ props }) => (anywhere ? [props.id] : [props.id, props.name])).filter(called);
  const isArn = [text, ...text.split(/[\s,;|"'\\]+/)].some((part) => arns.includes(part));
  const parts = [text, ...text.split(/[^\w-]+/), ...(anywhere ? path.split(".") : [])];
  const isId = (anywhere || by.test(path)) && parts.some((part) => ids.includes(part));
  return isArn || isId ? "yes" : "no";
}

/**
 * Before a value is there, what it is computed from tells. That is known of a whole property only, so that beside a target
 * another of its type, or a property whose name says nothing, leaves it open.
 */
function toCome({ madeFrom }: StackResource, path: string, { targets, by }: Naming): Answer {
  const sources = madeFrom[path.split(".")[0] ?? ""] ?? [];
  const alike = sources.filter(({ type }) => targets.some((target) => target.type === type));
  const hits = alike.filter(({ urn }) => targets.some((target) => target.urn === urn));
  if (hits.length > 0) return by.test(path) && hits.length === alike.length ? "yes" : "notKnown";
  return by.test(path) && sources.length > 0 && alike.length === 0 ? "notKnown" : "no";
}
