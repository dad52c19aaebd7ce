import { layOut } from "./grid.js";

/**
 * What is done at the same time: each mutation twice, with others each time of which none has one of its claims, such as a check
 * that it breaks, so that nothing which is not found out can hide behind another. One by one, each is done once.
 */
export function batchesOf<Mutation extends { readonly alone?: string }>(
  mutations: readonly Mutation[],
  claims: (mutation: Mutation) => readonly string[],
  oneByOne: boolean,
): (readonly Mutation[])[] {
  const single = mutations.filter(({ alone }) => oneByOne || alone !== undefined);
  const { rows, columns } = layOut(
    mutations.filter((one) => !single.includes(one)),
    claims,
  );
  const other = columns.filter((column) => !rows.some((row) => haveTheSame(row, column)));
  return [...rows, ...other, ...single.map((one) => [one])];
}

function haveTheSame<Thing>(some: readonly Thing[], others: readonly Thing[]): boolean {
  return some.length === others.length && some.every((thing) => others.includes(thing));
}
