import { planCache, type CachePlan } from "../plan/cachePlan";
import { asOf, type RiskAcceptance } from "./acceptance";
import { evidenceAccount, type AwsAccount } from "./account";
import type { Check } from "./check";
import type { Control, Owner, Risk, Subject } from "./control";
import { controlsOf } from "./controls";
import { deviations, type Deviation } from "./deviations";
import type { Evidence } from "./evidence";
import { inventory, type Asset } from "./inventory";
import { leftOpen, type LeftOpen } from "./leftOpen";
import { defaultMaxRecordAgeDays } from "./judgeRecord";
import { libraryName, libraryVersion } from "./library";
import { proposedRequirements, proposedRule } from "./proposedRule";
import { judgedRecords, type GivenRecord, type JudgedRecords } from "./records";
import { articleRequirements, technicalSafeguards, type ArticleRequirement } from "./requirements";
import { statusOf, worstOf, type DesignedStatus, type Part, type RequirementStatus, type Status } from "./status";
import { coverage, hostShares, type Coverage } from "./coverage";
import { seenOf, type AppHosts, type Seen } from "./verified";

/** A control as it is met by one cache: plain data. */
export interface AssessedControl {
  /** Stable: checks, records and findings name the control by it. */
  readonly id: string;
  /** What it is called in the report. */
  readonly title: string;
  /** What it is by its plan. */
  readonly designed: DesignedStatus;
  /** What the records of `verify` that count have seen of it. */
  readonly seen: Seen;
  /** What may be said of it: the worse of the two. */
  readonly status: Status;
  /** Whose part nobody has looked at, or has attested. */
  readonly missing: readonly Part[];
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

/** A requirement with the controls that answer it. Its status is that of the worst of them. */
export interface AssessedRequirement extends RequirementStatus {
  /** A paragraph of the CFR, or a name for the article's demand. */
  readonly id: string;
  /** Its title there. */
  readonly title: string;
  /** Its kind in the CFR, or the article's section. */
  readonly from: string;
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
  /** What is as open as the defaults leave it: no control is weakened by it, and a risk register names it all the same. */
  readonly leftOpen: readonly LeftOpen[];
  /** The inventory. */
  readonly assets: readonly Asset[];
  /** The AWS account that it was deployed to. */
  readonly account: AwsAccount;
  /** The records of `verify` that were given: those that count, and those that don't, with the reasons. */
  readonly records: JudgedRecords;
  /** How much was looked at. */
  readonly coverage: Coverage;
  /** What was decided about risks, as of when this is judged. */
  readonly acceptances: readonly RiskAcceptance[];
}

/** What a judgement may go by besides the evidence. */
export interface AssessOptions {
  /** When it is judged: records of `verify` must not be older than `maxRecordAgeDays` then. By default now. */
  readonly date?: Date;
  /**
   * Records of `pulumi-hipaa-redis verify` (docs/verify.md), each with what became of its signature. Only those that count change a status:
   * signed by a key that may sign, of this cache, judged by this evidence, of AWS itself, and not too old.
   */
  readonly verifications?: readonly GivenRecord[];
  /**
   * How old a record may be, in days, 1 or more.
   *
   * @default 31, since `pulumi up` has to run once a month, and what it changes makes another evidence.
   */
  readonly maxRecordAgeDays?: number;
  /**
   * How many hosts each client has, by its name: whole numbers. This the cache does not know. A host of these that no record is of was not looked at, and
   * no control that has to hold there is met.
   *
   * @default none: each client's hosts count as looked at when one of them was, and the report says that nobody has said how many there are
   * @example { web: 3 }
   */
  readonly appHosts?: AppHosts;
  /**
   * What was decided about risks. The program vouches for the signatures; the command line looks itself. None holds while the risk's control is not
   * met, or of another choice than the one that was accepted.
   *
   * @default none: no risk is accepted
   */
  readonly acceptances?: readonly RiskAcceptance[];
}

/**
 * Judges a cache by its evidence and, where there are any, by records of `verify`.
 *
 * @throws Error when another version of this library deployed the cache: this one can't vouch for what that one did; or when `appHosts` does not fit the cache and its
 * records.
 */
export function assess(evidence: Evidence, options: AssessOptions = {}): Assessment {
  const version = libraryVersion();
  if (evidence.libraryVersion !== version) {
    throw new Error(
      `The evidence of cache ${evidence.cache} was made by ${libraryName} ${evidence.libraryVersion}, but this is ${version}: ` +
        `run pulumi up with this version, or write the report with ${libraryName}@${evidence.libraryVersion}.`,
    );
  }
  const plan = planCache(evidence.cache, evidence.arguments);
  const chosen = deviations(evidence.cache, evidence.arguments);
  const {
    date: now = new Date(),
    verifications = [],
    maxRecordAgeDays: maxAgeDays = defaultMaxRecordAgeDays,
    appHosts = {},
    acceptances = [],
  } = options;
  const records = judgedRecords(verifications, { evidence, now, maxAgeDays });
  const hosts = hostShares(evidence, records.counted, appHosts);
  const weakened = new Set(chosen.map(({ control }) => control));
  const assessed = assessControls(evidence, plan, weakened, records, { now, appHosts });
  return {
    evidence,
    plan,
    account: evidenceAccount(evidence),
    records,
    coverage: coverage(evidence, assessed, hosts),
    acceptances: asOf(acceptances, now),
    controls: assessed,
    hipaa: technicalSafeguards.map((paragraph) => answered(paragraph, paragraph.kind, assessed, "hipaa")),
    article: articleRequirements.map((demand: ArticleRequirement) =>
      answered(demand, demand.section, assessed, "article"),
    ),
    proposed: proposedRequirements.map((demand) => answered(demand, proposedRule.citation, assessed, "proposed")),
    deviations: chosen,
    leftOpen: leftOpen(evidence.arguments, plan),
    assets: inventory(plan, evidence.deployed),
  };
}

function assessControls(
  evidence: Evidence,
  plan: CachePlan<string>,
  weakened: ReadonlySet<string>,
  { counted }: JudgedRecords,
  of: { readonly now: Date; readonly appHosts: AppHosts },
): AssessedControl[] {
  const subject = { plan, deployed: evidence.deployed };
  return controlsOf(plan).map((control) => {
    const { id, title, hipaa, article, nist, proposed = [], demand, owners } = control;
    const risk = control.riskOf?.(plan) ?? control.risk;
    const checks = control.checks(subject);
    const designed = designedStatus(control, weakened);
    const seen = seenOf({ id, checks }, evidence, counted, of);
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
      designed,
      seen,
      ...statusOf(designed, seen),
      how: howOf(control, subject),
      checks,
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

export function designedStatus(
  { id, owners, notApplicable, alternative }: Control,
  weakened: ReadonlySet<string>,
): DesignedStatus {
  if (notApplicable !== undefined) return "not applicable";
  if (alternative !== undefined) return "alternative";
  if (weakened.has(id)) return "weakened";
  return owners[0] === "organisation" ? "organisation" : "met";
}

function answered(
  { id, title }: { id: string; title: string },
  from: string,
  assessed: readonly AssessedControl[],
  list: "hipaa" | "article" | "proposed",
): AssessedRequirement {
  const answering = assessed.filter((control) => control[list].includes(id));
  if (answering.length === 0) throw new Error(`No control answers ${id}.`);
  return { id, title, from, ...worstOf(answering), controls: answering.map((control) => control.id) };
}
