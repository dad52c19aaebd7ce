/**
 * What more than half of all name, as soon as so many have answered; nothing where all have, without such a majority. Who has no say
 * counts all the same: one that is cut off with an old primary is outvoted, and half of them alone decide nothing.
 */
export function namedByMajority(answers: readonly Promise<readonly string[]>[]): Promise<readonly string[]> {
  const votes = new Map<string, number>();
  let awaited = answers.length;
  return new Promise((resolve) => {
    const count = (named: readonly string[]): void => {
      for (const one of new Set(named)) votes.set(one, (votes.get(one) ?? 0) + 1);
      awaited -= 1;
      const chosen = [...votes].filter(([, count]) => 2 * count > answers.length).map(([one]) => one);
      if (chosen.length > 0 || awaited === 0) resolve(chosen);
    };
    for (const answer of answers) void answer.then(count);
  });
}
