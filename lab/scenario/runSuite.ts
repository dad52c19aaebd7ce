import pMap from "p-map";
import { operatingSystems, type OperatingSystem } from "../../src/plan/operatingSystem.js";
import { tryAttack, tryControlCase, type Attack, type Outcome, type AttackSuite } from "./attack.js";
import type { Scene } from "./scene.js";

/** What came of an attack and, where it was tried, of its control case. */
export interface Result extends Outcome {
  readonly wallMs: number;
  readonly controlCase?: { readonly cameBack: string; readonly succeeded: boolean; readonly wallMs: number };
}

/** Without the slow attacks and without control cases it is quick. */
export interface RunOptions {
  readonly slow: boolean;
  readonly controlCases: boolean;
  /** Leaves the others out; by default none. */
  readonly chosen?: (attack: Attack) => boolean;
}

const atOnce = 4;

/** The attacks of a suite that are tried on hosts of a release. */
export function attacksOf(
  { attacks, releases = operatingSystems }: AttackSuite,
  operatingSystem: OperatingSystem,
  { slow, chosen }: Omit<RunOptions, "controlCases">,
): Attack[] {
  if (!releases.includes(operatingSystem)) return [];
  return attacks.filter((attack) => (slow || attack.slow !== true) && chosen?.(attack) !== false);
}

/** Tries the attacks of a suite, a few at the same time; the results are in the order of the attacks. */
export async function runSuite(suite: AttackSuite, scene: Scene, options: RunOptions): Promise<Result[]> {
  const attacks = attacksOf(suite, scene.choice.operatingSystem, options);
  if (attacks.length === 0) return [];
  const close = await suite.open?.(scene);
  try {
    const attempt = async (attack: Attack): Promise<Result> => {
      const outcome = await timed(() => tryAttack(attack, scene));
      return options.controlCases
        ? { ...outcome, controlCase: await timed(() => tryControlCase(attack, scene)) }
        : outcome;
    };
    return await pMap(attacks, attempt, { concurrency: suite.inTurn === true ? 1 : atOnce });
  } finally {
    await close?.();
  }
}

async function timed<Came extends object>(step: () => Promise<Came>): Promise<Came & { wallMs: number }> {
  const began = performance.now();
  return { ...(await step()), wallMs: performance.now() - began };
}
