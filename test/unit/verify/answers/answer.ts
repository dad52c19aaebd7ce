import type { CommandResult } from "../../../../src/evidence/check.js";

/** What a command prints, where it ends in 0, or how else it ends. */
export type Answer = string | CommandResult;

/** By control, in the order of its checks: [what a check shows, an answer that holds, ...answers that don't]. */
export type Answers = Readonly<Record<string, readonly AnswersToCheck[]>>;

export type AnswersToCheck = readonly [shows: string, holds: Answer, ...not: Answer[]];

export function ended(exitCode: number, stdout = ""): Answer {
  return { exitCode, stdout };
}

/** A line as nft(8) lists it. */
export function firewall(line: string): string {
  return `table inet hipaa_redis {\n\tchain some {\n\t\t${line}\n\t}\n}`;
}

/** The key that the sample is encrypted under, and one that it isn't. */
export const [key, otherKey] = [1, 2].map((id) => `arn:aws:kms:us-east-1:000000000000:key/${id}`) as [string, string];
