import { randomBytes } from "node:crypto";

/** What tells the results of one run from those of every other: when the script was made, and a word that nobody knew before. */
export interface Challenge {
  readonly date: Date;
  readonly nonce: string;
}

export function newChallenge(): Challenge {
  return { date: new Date(), nonce: randomBytes(16).toString("hex") };
}
