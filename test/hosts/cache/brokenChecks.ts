import assert from "node:assert/strict";
import { answersOf } from "../../../lab/scenario/lookAt.js";
import type { CommandResult } from "../../../src/evidence/check.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { hostKinds, type HostKind } from "../../../src/plan/hostKinds.js";
import { targetChecks, verification } from "../../../src/verify/verification.js";
import { brokenIn, type CheckName } from "../../mutations/checkName.js";
import type { TestScene } from "./scene.js";

/** The evidence of the scene's cache. */
export async function evidenceOf({ quickstart }: TestScene): Promise<Evidence> {
  const { evidence } = await quickstart.stack.outputs();
  assert.ok(evidence);
  assert.equal(evidence.secret, false);
  return evidence.value as Evidence;
}

/** What the commands of `verify` bring on the node and on the app host. */
export type Look = Readonly<Record<HostKind, readonly (CommandResult | undefined)[]>>;

/** Both hosts are looked at side by side. */
export async function look({ node, appHost }: TestScene, evidence: Evidence): Promise<Look> {
  const [cache, client] = await Promise.all([
    answersOf(node, targetChecks(evidence, "cache")),
    answersOf(appHost, targetChecks(evidence, "client")),
  ]);
  return { cache: cache.results, client: client.results };
}

/** Every check of both hosts that does not hold, and what was found. */
export function brokenChecks(look: Look, evidence: Evidence): ReadonlyMap<CheckName, string> {
  const where = { place: "the test hosts", host: "", nonce: "" };
  const about = { date: new Date(), ...where };
  return new Map(
    hostKinds.flatMap((target) => brokenIn(verification(targetChecks(evidence, target), look[target], about))),
  );
}
