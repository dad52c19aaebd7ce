import type { RotationArguments } from "../arguments/rotationArguments";

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
export function planRotation(given: RotationArguments = {}): RotationPlan {
  return {
    authority: generations(given.authority, given.retiredAuthority),
    keys: `${given.authority ?? 1}.${given.keys ?? 1}`,
    passwords: generations(given.passwords, given.retiredPasswords),
  };
}

function generations(current = 1, retired = 0): Generations {
  const accepted = [current - 1, current, current + 1].filter((one) => one > retired && one >= 1);
  return { current, accepted };
}
