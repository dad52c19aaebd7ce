import type { CachePlan } from "../plan/cachePlan";
import type { Check } from "./check";
import type { Deployed } from "./evidence";
import type { ProposedId } from "./proposedRule";
import type { AddressableId, ParagraphId } from "./regulation";
import type { ArticleRequirementId } from "./requirements";

/** Who has to see to a control: this component, AWS, or the organisation that uses the cache. */
export type Owner = "component" | "AWS" | "organisation";

/** One safeguard: what is demanded, how this cache meets it, how to see that, and what remains. */
export type Control = ControlText & ControlLaw;

interface ControlText {
  /** Stable: reports, checks and findings name a control by it. */
  readonly id: string;
  readonly title: string;
  /** What a cache has to have for it to be one of its controls; left out of those that every cache has. */
  readonly onlyWith?: "peers";
  readonly article: readonly ArticleRequirementId[];
  /** Ids of NIST SP 800-53, revision 5: those alone that what is done here meets. */
  readonly nist: readonly string[];
  /** Where the rule proposed in 2025 asks more. */
  readonly proposed?: readonly ProposedId[];
  /** What it demands of a cache that holds PHI, in a sentence. */
  readonly demand: string;
  /** The first sees to it that it is met; the others have a part in it. */
  readonly owners: readonly [Owner, ...Owner[]];
  /** How this cache meets it, or what is left to the organisation: statements, from what was planned and deployed. */
  readonly how: (subject: Subject) => readonly string[];
  /** At least one. */
  readonly checks: (subject: Subject) => readonly Check[];
  /** What an attestation has to name, besides what was seen: the date of an agreement, or who approved an alternative. */
  readonly attestationNames?: AttestedFact;
  /** Of a cache with the defaults. */
  readonly risk: Risk;
  /** The same of one cache, where its plan decides it. */
  readonly riskOf?: (plan: Subject["plan"]) => Risk;
}

/** What the law lets a control be. */
type ControlLaw =
  /** It is met, or the organisation has to meet it. */
  | { readonly hipaa: readonly ParagraphId[]; readonly notApplicable?: undefined; readonly alternative?: undefined }
  /** No paragraph in force is behind it: 164.306(c) has no standard that is not applicable. */
  | { readonly hipaa: readonly []; readonly notApplicable: string; readonly alternative?: undefined }
  /** Addressable specifications alone, which somebody has decided to meet in another way: 164.306(d)(3). */
  | {
      readonly hipaa: readonly [AddressableId, ...AddressableId[]];
      readonly notApplicable?: undefined;
      readonly alternative: Alternative;
      readonly attestationNames: "approver";
    };

export type AttestedFact = "date" | "approver";

/** What stands in for an addressable specification. */
export interface Alternative {
  /** Why the specification is not reasonable and appropriate here. */
  readonly why: string;
  /** The equivalent measure. */
  readonly instead: string;
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
