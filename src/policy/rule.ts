import type { ParagraphId } from "../evidence/regulation";
import type { StackResource } from "./resource";
import type { Verdict } from "./verdict";

/** What every rule says of itself: the table in docs/policy.md and the policy that Pulumi shows are made of it. */
export interface RuleText {
  /** The policy's name. */
  readonly name: string;
  /** What is asked, in one sentence. */
  readonly description: string;
  /** The id of the control (docs/evidence.md) that whatever breaks the rule would undo. */
  readonly control: string;
  /** The paragraphs of 45 CFR Part 164 that it serves. */
  readonly hipaa: readonly ParagraphId[];
  /** What to do about a violation. */
  readonly remediation: string;
  /** The rules of AWS Config's conformance pack "Operational Best Practices for HIPAA Security" that it stands for. */
  readonly awsConfig?: readonly string[];
  /** The rules of cdk-nag's pack HIPAA.Security that it stands for. */
  readonly cdkNag?: readonly string[];
  /** Where it asks for less or more than those, and why. */
  readonly note?: string;
  /**
   * The types of resource that it judges; `aws` for every type of AWS's, `components` for every type of the providers that
   * components take theirs from. It has nothing to say about others.
   */
  readonly types: readonly string[] | "aws" | "components";
}

/** Whether a rule has something to say about resources of a type. */
export function judges({ types }: Pick<RuleText, "types">, type: string): boolean {
  switch (types) {
    case "aws":
      return /^aws(-native)?:/.test(type);
    case "components":
      return /^(aws(-native)?|random|tls):/.test(type);
    default:
      return types.includes(type);
  }
}

/** Judges one resource by what the program gives it, before it is made. */
export interface ResourceRule extends RuleText {
  readonly judge: (resource: StackResource) => Verdict;
}

/** Judges one resource by what else is in the stack: `pulumi preview` tells before anything is made. */
export interface StackRule extends RuleText {
  readonly judgeInStack: (resource: StackResource, stack: readonly StackResource[]) => Verdict;
}

export type Rule = ResourceRule | StackRule;
