import assert from "node:assert/strict";
import { relative } from "node:path";
import { dependencies, type Attack, type Theme } from "../../../lab/scenario/attack.js";
import { themes } from "../../../lab/scenario/attacks/index.js";
import { figuresOf } from "../../../lab/scenario/figures.js";
import { attacksOf, runTheme, type Result } from "../../../lab/scenario/runTheme.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";
import { recordDuration } from "../../runner/durations.js";
import { choicesFor } from "../../support/dimensions.js";
import { describeOnHosts, type TestScene } from "../cache/scene.js";
import { runs } from "./runs.js";

describeOnHosts(["tunnel"], "every attack is refused, and its control case succeeds", (scene, engine) => {
  const results = new Map<Attack, Result>();
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  after(() => {
    runs.set(engine, { results, figures: figuresOf(here), forged: new Map() });
  });

  for (const theme of themes) {
    const options = { slow: true, controls: true, chosen: madeWith(engine, theme) };
    const attacks = attacksOf(theme, options);
    if (attacks.length === 0) continue;
    describe(theme.title, () => {
      before(async () => {
        for (const result of await runTheme(theme, here, options)) {
          results.set(result.attack, result);
          record(theme, result);
        }
      });

      for (const attack of attacks) {
        const { who, from, what } = attack;
        it(`${who} from ${from}: ${what}`, () => {
          const result = results.get(attack);
          assert.ok(result?.control, "It was not tried, or has no control case.");
          assert.ok(result.refused, `It came through, or was not refused as is meant: ${result.cameBack}`);
          assert.ok(result.control.succeeded, `The control case failed: ${result.control.cameBack}`);
        });
      }
    });
  }
});

function madeWith(engine: TunnelEngine, theme: Theme): (attack: Attack) => boolean {
  return (attack) => choicesFor(dependencies(theme, attack)).some(({ tunnel }) => tunnel === engine);
}

/** An attack is made in its theme's hook, beside others: what it takes by itself is the time until it was judged. */
function record({ title }: Theme, { attack, wallMs, control }: Result): void {
  const file = relative(repositoryRoot, import.meta.filename);
  const name = `${title}: ${attack.who} from ${attack.from}: ${attack.what}`;
  recordDuration({ file, kind: "attack", title: name, wallMs, cpuMs: null });
  if (control === undefined) return;
  recordDuration({ file, kind: "control case", title: name, wallMs: control.wallMs, cpuMs: null });
}
