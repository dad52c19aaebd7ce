import { randomInt } from "node:crypto";
import {
  dimensionNames,
  dimensions,
  nameOf,
  usual,
  type Choice,
  type Dimension,
} from "../../lab/scenario/dimensions.js";

/** Everything over everything: `npm run test:exhaustive`. */
export const isExhaustive = process.env.TEST_EXHAUSTIVE === "1";

/** What chooses the values of dimensions that a test does not depend on. test/run.ts gives all layers the same one. */
export const seed = seedOf(process.env.TEST_SEED);

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

/** The same with further values of the other dimensions for each further choice, so that a run has all of them somewhere. */
export function mixedChoices(dependsOn: readonly Dimension[]): Choice[] {
  return choicesFor(dependsOn, { exhaustive: isExhaustive, seed, isMixed: true });
}

/**
 * What a test runs over: every value of the dimensions that it depends on, and of each other dimension the usual value, or the one that the
 * seed chooses. An exhaustive run takes every value of all.
 */
export function choicesFor(
  dependsOn: readonly Dimension[],
  { exhaustive, seed: chosenBy, isMixed = false }: HowChosen = { exhaustive: isExhaustive, seed },
): Choice[] {
  let rest = chosenBy;
  const ordered = dimensionNames.map((name) => {
    const all: readonly Choice[Dimension][] = dimensions[name];
    // Each dimension takes a digit of its own off the seed, so that all combinations come up.
    const first = name in usual ? all.indexOf(usual[name as keyof typeof usual]) : rest % all.length;
    rest = Math.floor(rest / all.length);
    return {
      name,
      values: [...all.slice(first), ...all.slice(0, first)],
      isEach: exhaustive || dependsOn.includes(name),
    };
  });
  let choices: { readonly moves: number; readonly choice: Partial<Choice> }[] = [{ moves: 0, choice: {} }];
  for (const { name, values, isEach } of [
    ...ordered.filter((one) => one.isEach),
    ...ordered.filter((one) => !one.isEach),
  ]) {
    choices = choices.flatMap(({ moves, choice }) =>
      isEach
        ? values.map((value, index) => ({ moves: moves + index, choice: { ...choice, [name]: value } }))
        : [{ moves, choice: { ...choice, [name]: values[isMixed ? moves % values.length : 0] } }],
    );
  }
  return choices.map(({ choice }) => Object.fromEntries(dimensionNames.map((name) => [name, choice[name]])) as Choice);
}

interface HowChosen {
  readonly exhaustive: boolean;
  readonly seed: number;
  readonly isMixed?: boolean;
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
