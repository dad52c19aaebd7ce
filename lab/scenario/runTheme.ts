import pMap from "p-map";
import { tryAttack, tryControl, type Attack, type Outcome, type Theme } from "./attack.js";
import type { Scene } from "./scene.js";

/** What came of an attack and, where it was tried, of its control case. */
export interface Result extends Outcome {
  readonly wallMs: number;
  readonly control?: { readonly cameBack: string; readonly succeeded: boolean; readonly wallMs: number };
}

/** Without the slow attacks and without control cases it is quick. */
export interface RunOptions {
  readonly slow: boolean;
  readonly controls: boolean;
  /** Leaves the others out; by default none. */
  readonly chosen?: (attack: Attack) => boolean;
}

const atOnce = 4;

/** The attacks of a theme that are tried. */
export function attacksOf({ attacks }: Theme, { slow, chosen }: Omit<RunOptions, "controls">): Attack[] {
  return attacks.filter((attack) => (slow || attack.slow !== true) && chosen?.(attack) !== false);
}

/** Tries the attacks of a theme, a few at the same time; the results are in the order of the attacks. */
export async function runTheme(theme: Theme, scene: Scene, options: RunOptions): Promise<Result[]> {
  const attacks = attacksOf(theme, options);
  if (attacks.length === 0) return [];
  const close = await theme.open?.(scene);
  try {
    const attempt = async (attack: Attack): Promise<Result> => {
      const outcome = await timed(() => tryAttack(attack, scene));
      return options.controls ? { ...outcome, control: await timed(() => tryControl(attack, scene)) } : outcome;
    };
    return await pMap(attacks, attempt, { concurrency: theme.inTurn === true ? 1 : atOnce });
  } finally {
    await close?.();
  }
}

async function timed<Came extends object>(step: () => Promise<Came>): Promise<Came & { wallMs: number }> {
  const began = performance.now();
  return { ...(await step()), wallMs: performance.now() - began };
}
