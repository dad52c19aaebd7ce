import { randomInt } from "node:crypto";
import {
  allChoices,
  dimensionNames,
  dimensions,
  nameOf,
  usual as usualChoice,
  type Choice,
  type Dimension,
} from "../../lab/scenario/dimensions.js";

/** Everything over everything: `npm run test:exhaustive`. */
export const isExhaustive = process.env.TEST_EXHAUSTIVE === "1";

/** What chooses the values of dimensions that a test does not depend on. test/run.ts gives all layers the same one. */
export const seed = seedOf(process.env.TEST_SEED);

/** What is usual in this run: TEST_USUAL changes it, such as `TEST_USUAL="operatingSystem=debian-13 engine=valkey"`. */
const usualHere = usualOf(process.env.TEST_USUAL);

/** Declares the same tests for every choice that {@link choicesFor} has for these dimensions. */
export function describeOver(
  dependsOn: readonly Dimension[],
  title: string,
  tests: (choice: Choice) => void,
  choices = choicesFor(dependsOn),
): void {
  for (const choice of choices) {
    describe(`${title} (${nameOf(choice)})`, () => {
      tests(choice);
    });
  }
}

/** The same with other values of the other dimensions for each further choice, so that a run has more of them somewhere. */
export function mixedChoices(dependsOn: readonly Dimension[]): Choice[] {
  return choicesFor(dependsOn, { exhaustive: isExhaustive, seed, isMixed: true });
}

/**
 * What a test runs over: every value of the dimensions that it depends on, and of each other dimension the usual value, or the one that the
 * seed chooses. An exhaustive run takes every value of all. Nothing comes up that the library refuses: another value goes with it then.
 */
export function choicesFor(
  dependsOn: readonly Dimension[],
  { exhaustive, seed: chosenBy, isMixed = false, usual = usualHere }: HowChosen = { exhaustive: isExhaustive, seed },
): Choice[] {
  const { ordered, rest } = inOrder(usual, chosenBy);
  const each = exhaustive ? dimensionNames : dependsOn;
  const alike = new Map<string, Choice[]>();
  for (const choice of ordered) {
    const key = each.map((name) => choice[name]).join();
    alike.set(key, [...(alike.get(key) ?? []), choice]);
  }
  return [...alike.values()].flatMap((choices, index) => {
    const others = choices.length - 1;
    const chosen = isMixed && index > 0 && others > 0 ? 1 + ((rest + index - 1) % others) : 0;
    return choices.slice(chosen, chosen + 1);
  });
}

/** All choices, those first that have what is usual, or what the seed chooses; and what is left of the seed. */
function inOrder(
  usual: Partial<Choice>,
  chosenBy: number,
): { readonly ordered: readonly Choice[]; readonly rest: number } {
  let rest = chosenBy;
  const ranks = dimensionNames.map((name) => {
    const all: readonly Choice[Dimension][] = dimensions[name];
    // Each dimension takes a digit of its own off the seed, so that all combinations come up.
    const given = usual[name];
    const first = given === undefined ? rest % all.length : all.indexOf(given);
    rest = Math.floor(rest / all.length);
    return (choice: Choice): number => (all.indexOf(choice[name]) - first + all.length) % all.length;
  });
  const order = (one: Choice, other: Choice): number =>
    ranks.map((rank) => rank(one) - rank(other)).find((difference) => difference !== 0) ?? 0;
  return { ordered: [...allChoices].sort(order), rest };
}

interface HowChosen {
  readonly exhaustive: boolean;
  readonly seed: number;
  readonly isMixed?: boolean;
  readonly usual?: Partial<Choice>;
}

/** All of these in an exhaustive run, and else one, which the seed chooses, apart from what it chooses of dimensions. */
export function bySeed<T>(values: readonly T[]): readonly T[] {
  const chosen = Math.floor(seed / 97) % values.length;
  return isExhaustive ? values : values.filter((_, index) => index === chosen);
}

/** How often a property is tried: ten times as often in an exhaustive run. */
export function runsOf(usually: number): number {
  return isExhaustive ? 10 * usually : usually;
}

/**
 * What is usual but for what is given, as `dimension=value` with spaces between.
 *
 * @throws Error which says what there is, and of a combination that the library refuses.
 */
export function usualOf(given = ""): Partial<Choice> {
  const changes = given.split(/\s+/).filter((word) => word !== "");
  const all = dimensionNames.flatMap((name) => dimensions[name].map((value) => `${name}=${value}`));
  const unknown = changes.find((change) => !all.includes(change));
  if (unknown !== undefined) throw new Error(`TEST_USUAL: got "${unknown}". Give ${all.join(", ")}.`);
  const chosen = {
    ...usualChoice,
    ...Object.fromEntries(changes.map((change) => change.split("="))),
  } as Partial<Choice>;
  const named = dimensionNames.flatMap((name) => chosen[name] ?? []);
  if (allChoices.some((choice) => dimensionNames.every((name) => (chosen[name] ?? choice[name]) === choice[name])))
    return chosen;
  throw new Error(`TEST_USUAL: the library refuses ${named.join(" with ")}. Give another value of one of them.`);
}

function seedOf(given: string | undefined): number {
  if (given === undefined || given === "") {
    const made = randomInt(2 ** 31);
    console.error(`TEST_SEED=${made}`);
    return made;
  }
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`TEST_SEED: got "${given}". Give a whole number, 0 or more.`);
  return number;
}
