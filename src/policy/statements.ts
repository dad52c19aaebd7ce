import { awsTypes } from "./awsTypes";
import { listAt, notKnown, valueAt, type StackResource } from "./resource";
import { undecided, worst, type Verdict } from "./verdict";

/** What an IAM policy allows in one statement. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Policies that stand by themselves, or are for whomever a permission set of Identity Center is given. */
export const typesWithCustomerPolicy = [awsTypes.policy, awsTypes.ssoPermissionSetInlinePolicy] as const;

/** Policies that are a part of one role, user or group. */
export const typesWithInlinePolicy = [
  awsTypes.rolePolicy,
  awsTypes.userPolicy,
  awsTypes.groupPolicy,
  awsTypes.role,
] as const;

/** Judges each statement that allows something; a policy that isn't known yet, or is no JSON, cannot be judged. */
export function judgeStatements(resource: StackResource, judge: (statement: Statement) => Verdict): Verdict {
  return worst(
    documentsOf(resource).map((document) => {
      if (document === notKnown) return undecided("policy is not known yet");
      const statements = allowed(document);
      return statements === notKnown
        ? undecided("policy is not a policy document")
        : worst(statements.map((statement) => judgeStatement(statement, judge)));
    }),
  );
}

/** What is known of a statement may be wrong already; the rest leaves it open. */
function judgeStatement(statement: unknown, judge: (statement: Statement) => Verdict): Verdict {
  const open = undecided("a part of a statement is not known yet");
  if (statement === notKnown || valueAt(statement, "Effect") === notKnown) return open;
  const actions = textsAt(statement, "Action", "NotAction");
  const resources = textsAt(statement, "Resource", "NotResource");
  const known = judge({
    actions: actions.filter((one) => one !== notKnown),
    resources: resources.filter((one) => one !== notKnown),
  });
  return [...actions, ...resources].includes(notKnown) ? worst([known, open]) : known;
}

/** Whether a pattern of an action allows this one. IAM compares actions without regard to case. */
export function allowsAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether a pattern allows every action of a service: two that nobody has thought of are among them. */
export function allowsWholeService(pattern: string): boolean {
  const [service = "", verb] = pattern.split(":", 2);
  return (
    service !== "" &&
    verb !== undefined &&
    ["Aa", "Zzzzzz"].every((name) => allowsAction(pattern, `${service}:${name}`))
  );
}

/** Whether a pattern allows every action of every service. */
export function allowsEveryAction(pattern: string): boolean {
  return ["a:Aa", "zzz-zzz:Zzzzzz"].every((action) => allowsAction(pattern, action));
}

/** Whether `pattern`, with IAM's `*` and `?`, is about this resource. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(text);
}

function documentsOf({ type, props }: StackResource): readonly unknown[] {
  if (type === awsTypes.ssoPermissionSetInlinePolicy) return [valueAt(props, "inlinePolicy")];
  if (type !== awsTypes.role) return [valueAt(props, "policy")];
  const inline = listAt(props, "inlinePolicies");
  if (inline === notKnown) return [notKnown];
  return inline.map((one) => (one === notKnown ? notKnown : valueAt(one, "policy"))).filter((one) => one !== undefined);
}

function allowed(document: unknown): readonly unknown[] | typeof notKnown {
  const parsed = typeof document === "string" ? parse(document) : document;
  if (typeof parsed !== "object" || parsed === null) return notKnown;
  const statements = listAt(parsed, "Statement");
  if (statements === notKnown) return [notKnown];
  return statements.filter((statement) => {
    const effect = valueAt(statement, "Effect");
    return effect === "Allow" || effect === notKnown;
  });
}

/** All but some is taken for all. */
function textsAt(statement: unknown, key: string, negated: string): readonly (string | typeof notKnown)[] {
  if (valueAt(statement, negated) !== undefined) return ["*"];
  const values = listAt(statement, key);
  if (values === notKnown) return [notKnown];
  return values.map((value) => (typeof value === "string" || value === notKnown ? value : "*"));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
