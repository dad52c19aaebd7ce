import type { CachePlan } from "../plan/cachePlan";
import type { Check } from "./check";
import type { Deployed } from "./evidence";
import type { ArticleRequirementId, HipaaParagraphId, ProposedRequirementId } from "./requirements";

/** Who has to see to a control: this component, AWS, or the organisation that uses the cache. */
export type Owner = "component" | "AWS" | "organisation";

/** One safeguard: what is demanded, how this cache meets it, how to see that, and what remains. */
export interface Control {
  /** Stable: reports, checks and findings name a control by it. */
  readonly id: string;
  readonly title: string;
  readonly hipaa: readonly HipaaParagraphId[];
  readonly article: readonly ArticleRequirementId[];
  /** Ids of NIST SP 800-53, revision 5. */
  readonly nist: readonly string[];
  /** Where the rule proposed in 2025 asks more. */
  readonly proposed?: readonly ProposedRequirementId[];
  /** What it demands of a cache that holds PHI, in a sentence. */
  readonly demand: string;
  /** The first sees to it that it is met; the others have a part in it. */
  readonly owners: readonly [Owner, ...Owner[]];
  /** Why it need not be met here; left out where it must. */
  readonly notApplicable?: string;
  /** How this cache meets it, or what is left to the organisation: statements, from what was planned and deployed. */
  readonly how: (subject: Subject) => readonly string[];
  /** At least one. */
  readonly checks: (subject: Subject) => readonly Check[];
  readonly risk: Risk;
}

/** What a control is asked about. */
export interface Subject {
  readonly plan: CachePlan<string>;
  readonly deployed: Deployed;
}

/** What can still go wrong although the control is met, and what to do about it. */
export interface Risk {
  /** What can still go wrong. */
  readonly remains: string;
  /** What to do about it. */
  readonly mitigation: string;
}
