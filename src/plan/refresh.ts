/** How often hosts look for a new version of their secret, unless it is said otherwise. */
export const defaultRefreshIntervalSeconds = 300;

/** Who needs a way to a cluster's new node has it after so many intervals: one that it is told in, and one for the clock's sake. */
const intervalsUntilAllKnow = 2;

/** How old the list of a cluster's nodes is before slots move by it. */
export function settleSeconds(refreshIntervalSeconds: number): number {
  return intervalsUntilAllKnow * refreshIntervalSeconds;
}
