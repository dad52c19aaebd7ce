import { otherNameProblems, quoted, type Problem } from "./problems";

/**
 * Which generation of the authority, of the keys and of the passwords is in use, as whole numbers from 1. Raising one by
 * one and `pulumi up` is a change of it.
 */
export interface RotationShape {
  readonly authority?: number;
  readonly retiredAuthority?: number;
  readonly keys?: number;
  readonly passwords?: number;
  readonly retiredPasswords?: number;
}

/** The generations of one thing that hosts know, so that they may take a change of it in any order. */
export interface Generations {
  /** The one in use. */
  readonly current: number;
  /** Those that are accepted: the previous one until it is retired, the current one, and the next, ahead of its use. */
  readonly accepted: readonly number[];
}

export interface RotationPlan {
  readonly authority: Generations;
  /**
   * The generation of the hosts' keys. It has the authority's in it: a key that an earlier authority has signed gets no
   * certificate of a later one. Neither side pins a key, so none is announced ahead.
   */
  readonly keys: string;
  readonly passwords: Generations;
}

/** Decides the generations from arguments that have been found valid. */
export function planRotation(shape: RotationShape = {}): RotationPlan {
  return {
    authority: generations(shape.authority, shape.retiredAuthority),
    keys: `${shape.authority ?? 1}.${shape.keys ?? 1}`,
    passwords: generations(shape.passwords, shape.retiredPasswords),
  };
}

function generations(current = 1, retired = 0): Generations {
  const accepted = [current - 1, current, current + 1].filter((one) => one > retired && one >= 1);
  return { current, accepted };
}

/** Everything that is wrong with the argument `rotation`. */
export function rotationProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ path: "rotation", got: quoted(value), allowed: "Give an object of whole numbers." }];
  }
  const shape = value as RotationShape;
  return [
    ...otherNameProblems("rotation", value, rotationNames),
    ...pairProblems("authority", shape.authority, "retiredAuthority", shape.retiredAuthority),
    ...numberProblems("keys", shape.keys, 1),
    ...pairProblems("passwords", shape.passwords, "retiredPasswords", shape.retiredPasswords),
  ];
}

const rotationNames: readonly (keyof RotationShape)[] = [
  "authority",
  "retiredAuthority",
  "keys",
  "passwords",
  "retiredPasswords",
];

const mostGenerations = 9999;

function pairProblems(name: string, current: unknown, retiredName: string, retired: unknown): Problem[] {
  const problems = [...numberProblems(name, current, 1), ...numberProblems(retiredName, retired, 0)];
  if (problems.length > 0 || retired === undefined) return problems;
  const inUse = (current ?? 1) as number;
  if ((retired as number) < inUse) return [];
  const allowed = `Generation ${inUse} is in use: raise rotation.${name} first, and retire what went before it.`;
  return [{ path: `rotation.${retiredName}`, got: quoted(retired), allowed }];
}

function numberProblems(name: string, value: unknown, least: number): Problem[] {
  if (value === undefined) return [];
  const whole = typeof value === "number" && Number.isInteger(value);
  if (whole && value >= least && value <= mostGenerations) return [];
  const allowed = `Give a whole number from ${least} to ${mostGenerations}.`;
  return [{ path: `rotation.${name}`, got: quoted(value), allowed }];
}
