import { brief } from "../given/brief";
import { isFree } from "../given/freeInputs";
import { givenInputs } from "../given/givenInputs";
import { protocolName } from "./openings";
import type { Answer } from "./reference";
import { insideOf, notKnown, typesOf, valueAt, type StackResource } from "./resource";
import { compliant, undecided, violation, worst, type Verdict } from "./verdict";

/** Whether what is inside a component of this library was made by it, and is as the component gave it. */
export function judgeGiven(resource: StackResource, stack: readonly StackResource[]): Verdict {
  const { types, component, within } = insideOf(resource) ?? {};
  if (types === undefined || component === undefined || within === undefined) return compliant;
  const all = stack.filter((one) => typesOf(one) === types).map(({ props }) => props.given ?? notKnown);
  const known = all.filter((given) => given !== notKnown);
  const found = known
    .map((given) => (given as Record<string, object>)[`${within}::${resource.name}`])
    .find((given) => given !== undefined);
  if (found === undefined) {
    return known.length < all.length
      ? undecided(`what a ${component} gives is not known yet`)
      : violation(`is inside a ${component} that has not made it`);
  }
  const properties = new Set([
    ...Object.keys(found),
    // Given to others of its type: not to this one.
    ...(givenInputs(component, resource.type) ?? []).map((path) => path.split(".")[0] ?? ""),
  ]);
  return worst([...properties].map((property) => judgeProperty(resource, property, found, component)));
}

function judgeProperty(
  { type, props, madeFrom }: StackResource,
  property: string,
  given: unknown,
  component: string,
): Verdict {
  const [own, wanted] = [valueAt(props, property), valueAt(given, property)];
  // Without a source the program has given nothing: the cloud fills it in.
  if (own === notKnown && wanted === undefined && (madeFrom[property] ?? []).length === 0) return compliant;
  const read = /protocol$/i.test(property) ? protocol : (value: unknown) => value;
  const reason = `has a different ${property} from what its ${component} gives it`;
  switch (isAsGiven({ type, path: property }, read(own), read(wanted))) {
    case "yes":
      return compliant;
    case "no":
      return violation(reason);
    case "notKnown":
      return undecided(`${property} is not known yet, and it may be one that ${reason}`);
  }
}

interface Place {
  readonly type: string;
  readonly path: string;
}

/** AWS adds to objects what was not given, orders lists as it likes, and writes policies in a form of its own. */
function isAsGiven(at: Place, own: unknown, given: unknown): Answer {
  if (own === notKnown || given === notKnown) return own === given ? "yes" : "notKnown";
  const document = documentOf(given);
  if (document !== undefined) return text(document) === text(documentOf(own)) ? "yes" : "no";
  if (Array.isArray(given) && given.length > 0) return isListAsGiven(own, given);
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    const answers = Object.entries(given)
      .map(([key, value]: [string, unknown]) => ({
        path: `${at.path}.${key}`,
        value,
        mine: valueAt(own, key),
      }))
      .filter(({ path }) => !isFree(at.type, path))
      .map(({ path, value, mine }) => isAsGiven({ ...at, path }, mine, value));
    if (answers.includes("no")) return "no";
    return answers.includes("notKnown") ? "notKnown" : "yes";
  }
  return plain(brief(at.path, own)) === plain(given) ? "yes" : "no";
}

/** What is not known yet in as many places of both counts as the same. */
function isListAsGiven(own: unknown, given: readonly unknown[]): Answer {
  if (!Array.isArray(own) || own.length !== given.length) return "no";
  const [there, wanted] = [own as readonly unknown[], given].map((list) =>
    list.filter((member) => member !== notKnown),
  );
  if (text(there) === text(wanted)) return "yes";
  return there?.length === own.length && wanted?.length === own.length ? "no" : "notKnown";
}

/** By name or by number, as AWS likes. */
function protocol(value: unknown): unknown {
  return value === undefined || value === notKnown ? value : (protocolName(value) ?? value);
}

function documentOf(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** The same for what means the same: a list is in no order, and a list of one is its member. */
function text(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 1
      ? text(value[0])
      : `[${value
          .map((one) => text(one))
          .sort()
          .join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${text(one)}`);
  return `{${entries.sort().join()}}`;
}

/** Nothing may be told as empty, a number as text. */
function plain(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return "";
  return typeof value === "string" ? value : text(value);
}
