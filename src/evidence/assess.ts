import { planCache, type CachePlan } from "../plan/cachePlan";
import type { Check } from "./check";
import type { Control, Owner, Risk, Subject } from "./control";
import { controls } from "./controls";
import { deviations, type Deviation } from "./deviations";
import type { Evidence } from "./evidence";
import { inventory, type Asset } from "./inventory";
import { libraryName, libraryVersion } from "./library";
import { proposedRequirements, proposedRule } from "./proposedRule";
import { articleRequirements, technicalSafeguards, type ArticleRequirement } from "./requirements";

/**
 * `met`; `weakened` by a choice of the user's; `not applicable`, with its reason, where no paragraph in force is behind it;
 * `alternative`: an addressable specification is met in another way, which the organisation has to approve (45 CFR 164.306(d)(3));
 * `organisation`: software can't do it, so the organisation that uses the cache has to.
 */
export type Status = "met" | "weakened" | "not applicable" | "alternative" | "organisation";

/** A control as it is met by one cache: plain data. */
export interface AssessedControl {
  /** Stable: checks, records and findings name the control by it. */
  readonly id: string;
  /** What it is called in the report. */
  readonly title: string;
  /** Whether it is met. */
  readonly status: Status;
  /** The paragraphs of 45 CFR Part 164 that it answers. */
  readonly hipaa: readonly string[];
  /** The demands of the article that it answers. */
  readonly article: readonly string[];
  /** Ids of NIST SP 800-53, revision 5. */
  readonly nist: readonly string[];
  /** The paragraphs of the rule proposed in 2025 that it answers. */
  readonly proposed: readonly string[];
  /** What is demanded of a cache that holds PHI. */
  readonly demand: string;
  /** Who has to see to it; the first is responsible. */
  readonly owners: readonly Owner[];
  /** How it is met, what is left to do, or why it is not applicable. */
  readonly how: readonly string[];
  /** How to see whether it holds. */
  readonly checks: readonly Check[];
  /** What remains, and what to do about it. */
  readonly risk: Risk;
}

/** A requirement with the controls that answer it. */
export interface AssessedRequirement {
  /** A paragraph of the CFR, or a name for the article's demand. */
  readonly id: string;
  /** Its title there. */
  readonly title: string;
  /** Its kind in the CFR, or the article's section. */
  readonly from: string;
  /** The status of the controls that answer it, taken together. */
  readonly status: Status;
  /** The ids of the controls that answer it. */
  readonly controls: readonly string[];
}

/** All that a report says, of one cache: plain data. */
export interface Assessment {
  /** What was judged. */
  readonly evidence: Evidence;
  /** What the arguments decide. */
  readonly plan: CachePlan<string>;
  /** Every control, as this cache meets it. */
  readonly controls: readonly AssessedControl[];
  /** The technical safeguards of 45 CFR 164.312. */
  readonly hipaa: readonly AssessedRequirement[];
  /** The demands of "HIPAA, PHI, and Caching" (2016). */
  readonly article: readonly AssessedRequirement[];
  /** What the rule proposed in 2025 asks beyond them. */
  readonly proposed: readonly AssessedRequirement[];
  /** Choices that are weaker than the default. */
  readonly deviations: readonly Deviation[];
  /** The inventory. */
  readonly assets: readonly Asset[];
}

/**
 * Judges a cache by its evidence.
 *
 * @throws Error when another version of this library deployed the cache: this one can't vouch for what that one did.
 */
export function assess(evidence: Evidence): Assessment {
  const version = libraryVersion();
  if (evidence.libraryVersion !== version) {
    throw new Error(
      `The evidence of cache ${evidence.cache} was made by ${libraryName} ${evidence.libraryVersion}, but this is ${version}: ` +
        `run pulumi up with this version, or write the report with ${libraryName}@${evidence.libraryVersion}.`,
    );
  }
  const plan = planCache(evidence.cache, evidence.arguments);
  const chosen = deviations(evidence.cache, evidence.arguments);
  const assessed = assessControls(evidence, plan, new Set(chosen.map(({ control }) => control)));
  return {
    evidence,
    plan,
    controls: assessed,
    hipaa: technicalSafeguards.map((paragraph) => answered(paragraph, paragraph.kind, assessed, "hipaa")),
    article: articleRequirements.map((demand: ArticleRequirement) =>
      answered(demand, demand.section, assessed, "article"),
    ),
    proposed: proposedRequirements.map((demand) => answered(demand, proposedRule.citation, assessed, "proposed")),
    deviations: chosen,
    assets: inventory(plan, evidence.deployed),
  };
}

function assessControls(
  { deployed }: Evidence,
  plan: CachePlan<string>,
  weakened: ReadonlySet<string>,
): AssessedControl[] {
  const subject = { plan, deployed };
  return controls.map((control) => {
    const { id, title, hipaa, article, nist, proposed = [], demand, owners, risk } = control;
    return {
      id,
      title,
      hipaa,
      article,
      nist,
      proposed,
      demand,
      owners,
      risk,
      status: statusOf(control, weakened),
      how: howOf(control, subject),
      checks: control.checks(subject),
    };
  });
}

function howOf(control: Control, subject: Subject): readonly string[] {
  const { notApplicable, alternative } = control;
  if (notApplicable !== undefined) return [notApplicable];
  if (alternative === undefined) return control.how(subject);
  return [
    `Why not as the rule has it: ${alternative.why}`,
    `What is done instead: ${alternative.instead}`,
    "The specification is addressable, so your organisation may decide so, if it documents why (45 CFR 164.306(d)(3)). An attestation of this control names who approved it.",
  ];
}

function statusOf({ id, owners, notApplicable, alternative }: Control, weakened: ReadonlySet<string>): Status {
  if (notApplicable !== undefined) return "not applicable";
  if (alternative !== undefined) return "alternative";
  if (weakened.has(id)) return "weakened";
  return owners[0] === "organisation" ? "organisation" : "met";
}

/** The first of these that one of a requirement's controls has is the requirement's own. */
const precedence: readonly Status[] = ["weakened", "met", "organisation", "alternative", "not applicable"];

function answered(
  { id, title }: { id: string; title: string },
  from: string,
  assessed: readonly AssessedControl[],
  list: "hipaa" | "article" | "proposed",
): AssessedRequirement {
  const answering = assessed.filter((control) => control[list].includes(id));
  const status = precedence.find((one) => answering.some((control) => control.status === one));
  if (status === undefined) throw new Error(`No control answers ${id}.`);
  return { id, title, from, status, controls: answering.map((control) => control.id) };
}
