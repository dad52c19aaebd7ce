import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";

/** What a control's words claim, by control. */
export type Statements = Readonly<Record<string, readonly Claim[]>>;

/** Words that stand in a control, in its demand or in how it is met, and what becomes of them when they are not so. */
export interface Claim {
  readonly claim: string;
  /** The arguments of a cache that is told so; by default the sample's. */
  readonly of?: Partial<CacheArguments>;
  /** The mutations that the words forbid: each of them breaks a check of the control, or of one that its words name. */
  readonly found?: Finders;
  /** Among these: what was put in the place of another of its kind, such as another group, another key or another role. */
  readonly swapped?: Finders;
  /** What no check can see, in words that stand in the control, or in its risk. */
  readonly unseen?: string;
  /** Why there is nothing that could be otherwise here: what the law says, or what a person does. */
  readonly noState?: string;
}

/** Mutations by what they are of. */
export interface Finders {
  /** Of a node: what is done. */
  readonly node?: readonly string[];
  /** Of a node among others: what is done. */
  readonly replica?: readonly string[];
  /** Of an app host: what is done. */
  readonly appHost?: readonly string[];
  /** Of the account: what is done. */
  readonly aws?: readonly string[];
  /** Of a program: the rules that it breaks. */
  readonly program?: readonly string[];
  /** Where neither LocalStack nor the lab's hosts can be brought to it: [what a check shows, what it is answered then]. */
  readonly answers?: readonly (readonly [shows: string, answer: string])[];
  /** What people attest: what a check shows. */
  readonly attested?: readonly string[];
}
