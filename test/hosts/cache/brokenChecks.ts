import assert from "node:assert/strict";
import { lookAt } from "../../../lab/scenario/lookAt.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { HostRoleName } from "../../../src/plan/hostRoles.js";
import type { TestScene } from "./scene.js";

/** The evidence of the scene's cache. */
export async function evidenceOf({ quickstart }: TestScene): Promise<Evidence> {
  const { evidence } = await quickstart.stack.outputs();
  assert.ok(evidence);
  assert.equal(evidence.secret, false);
  return evidence.value as Evidence;
}

/** A check that does not hold. */
export interface BrokenCheck {
  readonly role: HostRoleName;
  readonly control: string;
  readonly shows: string;
  readonly found: string;
}

/** Every check of the node and of the app host that does not hold; both are looked at side by side. */
export async function brokenChecks(scene: TestScene, evidence: Evidence): Promise<BrokenCheck[]> {
  const looked = await Promise.all([
    lookAt(scene.node, "cache", evidence),
    lookAt(scene.appHost, "client", evidence),
  ]);
  return looked.flatMap(({ role, controls }) =>
    controls.flatMap(({ id: control, checks }) =>
      checks
        .filter(({ holds }) => !holds)
        .map(({ shows, found }) => ({ role: role as BrokenCheck["role"], control, shows, found })),
    ),
  );
}

/** The controls of checks, each once. */
export function controlsOf(checks: readonly BrokenCheck[]): string[] {
  return [...new Set(checks.map(({ control }) => control))].sort();
}
