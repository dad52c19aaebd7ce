/** Things that, tried together, did not do what they should: as few as could be found out. */
export interface Blame<Thing, Fault> {
  readonly things: readonly Thing[];
  readonly fault: Fault;
}

/**
 * Tries things together, and where that shows a fault, halves of them, until it is known whose it is. Where halves show none, the
 * fault is of all that were tried together.
 */
export async function blame<Thing, Fault>(
  things: readonly Thing[],
  attempt: (together: readonly Thing[]) => Promise<Fault | undefined>,
): Promise<Blame<Thing, Fault>[]> {
  const fault = await attempt(things);
  if (fault === undefined) return [];
  const half = Math.ceil(things.length / 2);
  const halves = things.length > 1 ? [things.slice(0, half), things.slice(half)] : [];
  const found: Blame<Thing, Fault>[] = [];
  for (const one of halves) found.push(...(await blame(one, attempt)));
  return found.length > 0 ? found : [{ things, fault }];
}
