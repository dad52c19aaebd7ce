import assert from "node:assert/strict";
import { relative } from "node:path";
import { dependencies, type Attack, type AttackSuite } from "../../../lab/scenario/attack.js";
import { suites } from "../../../lab/scenario/attacks/index.js";
import { figuresOf } from "../../../lab/scenario/figures.js";
import { attacksOf, runSuite, type Result } from "../../../lab/scenario/runSuite.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";
import { recordDuration } from "../../runner/durations.js";
import { choicesFor } from "../../support/dimensions.js";
import { describeOnHosts, type TestScene } from "../cache/scene.js";
import { runs } from "./runs.js";

describeOnHosts(["tunnel"], "every attack is refused, and its control case succeeds", (scene, tunnel, choice) => {
  const { operatingSystem } = choice;
  const results = new Map<Attack, Result>();
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  after(() => {
    // In an exhaustive run the page tells of the first release; the tests are of all.
    if (!runs.has(tunnel)) runs.set(tunnel, { operatingSystem, results, figures: figuresOf(here), forged: new Map() });
  });

  for (const suite of suites) {
    const options = { slow: true, controlCases: true, chosen: madeWith(tunnel, suite) };
    const attacks = attacksOf(suite, operatingSystem, options);
    if (attacks.length === 0) continue;
    describe(suite.title, () => {
      before(async () => {
        for (const result of await runSuite(suite, here, options)) {
          results.set(result.attack, result);
          record(suite, result);
        }
      });

      for (const attack of attacks) {
        const { who, from, what } = attack;
        it(`${who} from ${from}: ${what}`, () => {
          const result = results.get(attack);
          assert.ok(result?.controlCase, "It was not tried, or has no control case.");
          assert.ok(result.refused, `It came through, or was not refused as is meant: ${result.cameBack}`);
          assert.ok(result.controlCase.succeeded, `The control case failed: ${result.controlCase.cameBack}`);
        });
      }
    });
  }
});

function madeWith(made: TunnelEngine, suite: AttackSuite): (attack: Attack) => boolean {
  return (attack) => choicesFor(dependencies(suite, attack)).some(({ tunnel }) => tunnel === made);
}

/** An attack is made in its suite's hook, beside others: what it takes by itself is the time until it was judged. */
function record({ title }: AttackSuite, { attack, wallMs, controlCase }: Result): void {
  const file = relative(repositoryRoot, import.meta.filename);
  const name = `${title}: ${attack.who} from ${attack.from}: ${attack.what}`;
  recordDuration({ file, kind: "attack", title: name, wallMs, cpuMs: null });
  if (controlCase === undefined) return;
  recordDuration({ file, kind: "control case", title: name, wallMs: controlCase.wallMs, cpuMs: null });
}
