import type { OperatingSystem } from "../../src/plan/operatingSystem.js";
import type { ExecResult } from "../hosts/index.js";
import type { Dimension } from "./dimensions.js";
import type { Scene } from "./scene.js";

/** One try to get at the cache in a way that must fail, and the same steps with one thing right. */
export interface Attack {
  readonly who: string;
  /** Where they are. */
  readonly from: string;
  readonly what: string;
  /** The reason for which it must fail, as it stands in what comes back: a tool that is missing, say, shuts nothing. */
  readonly refusal: RegExp;
  readonly attempt: Step;
  readonly controlCase: ControlCase;
  /** What decides how it is refused, of that in which hosts differ; by default what its suite depends on. */
  readonly dependsOn?: readonly Dimension[];
  /** It takes longer than a demo should. */
  readonly slow?: true;
}

/** What is right for once, and how its success shows. An attack to which the same comes back has got through. */
export interface ControlCase {
  readonly what: string;
  readonly success: RegExp;
  readonly attempt: Step;
}

/** Does it, and returns all that came back. */
export type Step = (scene: Scene) => Promise<string>;

/** Attacks of one kind. */
export interface AttackSuite {
  readonly title: string;
  /** What its attacks depend on, where they don't say otherwise. */
  readonly dependsOn: readonly Dimension[];
  /** The only ones that have what they are about; by default all do. */
  readonly releases?: readonly OperatingSystem[];
  /** They are in each other's way. By default a few run at the same time. */
  readonly inTurn?: true;
  readonly attacks: readonly Attack[];
  /** Sets up what all of them need; what it returns takes that away. */
  readonly open?: (scene: Scene) => Promise<() => Promise<void>>;
}

/** An attack that the tunnel refuses, or that is on it, among others that are not. */
export function ofTunnel(attack: Attack): Attack {
  return { ...attack, dependsOn: ["tunnel"] };
}

/** What an attack of a suite depends on. */
export function dependencies(suite: AttackSuite, attack: Attack): readonly Dimension[] {
  return attack.dependsOn ?? suite.dependsOn;
}

/** What came of an attack. */
export interface Outcome {
  readonly attack: Attack;
  /** The part of what came back that tells; when it was not refused, its end. */
  readonly cameBack: string;
  readonly refused: boolean;
}

/** Tries one step of an attack and judges what came back by the reason. */
export async function tryAttack(attack: Attack, scene: Scene): Promise<Outcome> {
  const text = await told(attack.attempt, scene);
  const reason = attack.refusal.exec(text)?.[0];
  const gotThrough = attack.controlCase.success.test(text);
  const refused = reason !== undefined && !gotThrough;
  return { attack, refused, cameBack: refused ? oneLine(reason) : oneLine(text.slice(-200)) };
}

/** The control case: the same, with one thing right. */
export async function tryControlCase(
  { controlCase }: Attack,
  scene: Scene,
): Promise<{ cameBack: string; succeeded: boolean }> {
  const text = await told(controlCase.attempt, scene);
  const success = controlCase.success.exec(text)?.[0];
  return { cameBack: oneLine(success ?? text.slice(-200)), succeeded: success !== undefined };
}

/** All that a program said, and how it ended where it said nothing. */
export function said({ exitCode, stdout, stderr }: ExecResult): string {
  const text = `${stdout}\n${stderr}`.trim();
  if (exitCode === timedOut || exitCode === killed) return `${text}\nno answer`.trim();
  return text === "" ? nothing : text;
}

/** What comes back when a connection or a program ends without a word. */
export const nothing = "nothing, and the end of the connection";

const timedOut = 124;
const killed = 137;

async function told(step: Step, scene: Scene): Promise<string> {
  try {
    return await step(scene);
  } catch (error) {
    return `The step itself failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
