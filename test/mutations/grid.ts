/** Batches of which each holds things of which none has a claim in common with another. */
export interface Grid<Thing> {
  readonly rows: readonly (readonly Thing[])[];
  readonly columns: readonly (readonly Thing[])[];
}

/**
 * Lays things out so that each is in one row and in one column, with others each time: whoever shares its row does not share its
 * column, and nothing shares either with what has one of its claims. The same things come out the same way.
 *
 * Greedy: the smallest square in which each thing, those with the most rivals first, finds a place in the emptiest row and column
 * that take it.
 */
export function layOut<Thing>(things: readonly Thing[], claims: (thing: Thing) => readonly string[]): Grid<Thing> {
  const { sorted, areRivals } = ranked(things, claims);
  for (let size = Math.ceil(Math.sqrt(things.length)); ; size++) {
    const grid = placedIn(size, sorted, areRivals);
    if (grid !== undefined) return grid;
  }
}

/** The rows alone, as few as will do: each thing is in one of them. */
export function layInRows<Thing>(
  things: readonly Thing[],
  claims: (thing: Thing) => readonly string[],
): (readonly Thing[])[] {
  const { sorted, areRivals } = ranked(things, claims);
  for (let size = 0; ; size++) {
    const rows = placedInLines(size, sorted, areRivals);
    if (rows !== undefined) return rows;
  }
}

/** Those with the most rivals first. */
function ranked<Thing>(
  things: readonly Thing[],
  claims: (thing: Thing) => readonly string[],
): { readonly sorted: readonly Thing[]; readonly areRivals: (one: Thing, other: Thing) => boolean } {
  const claimed = new Map(things.map((thing) => [thing, claims(thing)]));
  const areRivals = (one: Thing, other: Thing): boolean =>
    claimed.get(one)?.some((claim) => claimed.get(other)?.includes(claim)) ?? false;
  const rivals = (thing: Thing): number => things.filter((other) => areRivals(thing, other)).length;
  const sorted = things
    .map((thing) => ({ thing, count: rivals(thing) }))
    .sort((one, other) => other.count - one.count)
    .map(({ thing }) => thing);
  return { sorted, areRivals };
}

function placedIn<Thing>(
  size: number,
  things: readonly Thing[],
  areRivals: (one: Thing, other: Thing) => boolean,
): Grid<Thing> | undefined {
  const rows = placedInLines(size, things, areRivals);
  if (rows === undefined) return undefined;
  const rowOf = new Map(rows.flatMap((row, index) => row.map((thing) => [thing, index] as const)));
  const columns = placedInLines(
    size,
    things,
    (one, other) => rowOf.get(one) === rowOf.get(other) || areRivals(one, other),
  );
  return columns === undefined ? undefined : { rows, columns };
}

function placedInLines<Thing>(
  size: number,
  things: readonly Thing[],
  areRivals: (one: Thing, other: Thing) => boolean,
): Thing[][] | undefined {
  const lines = Array.from({ length: size }, (): Thing[] => []);
  for (const thing of things) {
    const [emptiest] = lines
      .filter((line) => !line.some((other) => areRivals(thing, other)))
      .sort((one, other) => one.length - other.length);
    if (emptiest === undefined) return undefined;
    emptiest.push(thing);
  }
  return lines.filter((line) => line.length > 0);
}
