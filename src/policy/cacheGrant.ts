import { asGiven, isMadeByThisLibrary, isOfApplication, type StackResource } from "./resource";
import { allowsAction, allowsEveryAction, judgeStatements, matches, type Statement } from "./statements";
import { compliant, undecided, violation, type Verdict } from "./verdict";

export interface Grant {
  /** Such as `kms:Decrypt`, one is enough; or whether a pattern allows one of them. */
  readonly actions: readonly string[] | ((pattern: string) => boolean);
  readonly reason: string;
  /** Whether the resource `*` counts here, or is another rule's. */
  readonly everything: boolean;
}

/** Judges a policy that may grant one of some actions on what belongs to a cache. */
export function cacheGrant(policy: StackResource, targets: readonly StackResource[], grant: Grant): Verdict {
  const isOwn = isMadeByThisLibrary(policy) && !isOfApplication(policy);
  if (targets.length === 0 || isOwn) return compliant;
  return judgeStatements(asGiven(policy), (statement) => judgeStatement(statement, targets, grant));
}

function judgeStatement(statement: Statement, targets: readonly StackResource[], grant: Grant): Verdict {
  // Every action at all is another rule's matter: iam-policy-no-admin-access.
  const named = statement.actions.filter((action) => !allowsEveryAction(action));
  const { actions } = grant;
  const allows =
    typeof actions === "function"
      ? actions
      : (pattern: string) => actions.some((action) => allowsAction(pattern, action));
  if (!named.some(allows)) return compliant;
  const narrow = statement.resources.filter((one) => grant.everything || !/^\*+$/.test(one));
  if (narrow.some((pattern) => /^\*+$/.test(pattern))) return violation(grant.reason);
  const arns = targets.map(({ props }) => props.arn);
  const hit = arns.some((arn) => typeof arn === "string" && narrow.some((pattern) => matches(pattern, arn)));
  if (hit) return violation(grant.reason);
  const broad = narrow.some((pattern) => /[*?]/.test(pattern));
  return broad && arns.some((arn) => typeof arn !== "string")
    ? undecided("the ARN of what belongs to the cache is not known yet")
    : compliant;
}
