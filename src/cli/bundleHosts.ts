import type { Evidence } from "../evidence/evidence";
import type { Period } from "../evidence/journalCommands";
import { targets, type Target } from "../evidence/target";
import type { Attestation } from "../verify/attestations";
import { checksLook, extractLook, patchesLook, type Look } from "../verify/look";
import { bySsh, thisMachine, type Place } from "../verify/runScript";

/** One look of a bundle. */
export interface Step {
  /** The name of its record's file, without `.json`. */
  readonly name: string;
  readonly look: Look;
  readonly place: Place;
}

export interface StepOptions {
  readonly sshOption?: readonly string[];
  readonly period: Period;
  readonly attestations?: readonly Attestation[];
}

/** Every look at every host that was named, in their order. */
export function bundleSteps(hosts: readonly string[], evidence: Evidence, options: StepOptions): Step[] {
  const { sshOption = [], period, attestations } = options;
  const checksOf = onceForEach((target: Target) => checksLook(evidence, target, attestations));
  const steps = hosts.flatMap((host) => {
    const { target, place } = hostOf(host, sshOption);
    const checks = { kind: "checks", look: checksOf(target), target, place };
    if (target === "aws") return [checks];
    const extract = { kind: "extract", look: extractLook(target, period), target, place };
    return [checks, extract, { kind: "patches", look: patchesLook(target, evidence.arguments), target, place }];
  });
  // Names are in the order of the looks, however many they are.
  const digits = Math.max(2, String(steps.length).length);
  return steps.map(({ kind, look, target, place }, index) => {
    const number = String(index + 1).padStart(digits, "0");
    return { name: `${number}-${target}-${kind}`, look, place };
  });
}

/** What there is to look at is the same on hundreds of hosts. */
function onceForEach(make: (target: Target) => Look): (target: Target) => Look {
  const made = new Map<Target, Look>();
  return (target) => {
    const look = made.get(target) ?? make(target);
    made.set(target, look);
    return look;
  };
}

function hostOf(text: string, sshOption: readonly string[]): { target: Target; place: Place } {
  const [, name = "", destination] = /^([a-z]+)(?:=(.+))?$/.exec(text) ?? [];
  const target = targets.find((one) => one === name);
  if (target === undefined || (target === "aws" && destination !== undefined))
    throw new Error(
      `--host: got ${JSON.stringify(text)}. Give cache=<destination> or client=<destination>, each as ssh(1) takes it, or aws; without a destination it is this machine.`,
    );
  return { target, place: destination === undefined ? thisMachine : bySsh(destination, sshOption) };
}
