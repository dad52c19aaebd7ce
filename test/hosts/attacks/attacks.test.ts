import assert from "node:assert/strict";
import { themes } from "../../../lab/scenario/attacks/index.js";
import { figuresOf } from "../../../lab/scenario/figures.js";
import { runTheme, type Result } from "../../../lab/scenario/runTheme.js";
import { describeOnHosts, type TestScene } from "../cache/scene.js";
import { runs } from "./runs.js";

const everything = { slow: true, controls: true };

describeOnHosts(["tunnel"], "every attack is refused, and its control case succeeds", (scene, engine) => {
  const results = new Map<string, readonly Result[]>();
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  after(() => {
    runs.set(engine, { results, figures: figuresOf(here), forged: new Map() });
  });

  for (const theme of themes) {
    describe(theme.title, () => {
      before(async () => {
        results.set(theme.title, await runTheme(theme, here, everything));
      });

      for (const [index, { who, from, what }] of theme.attacks.entries()) {
        it(`${who} from ${from}: ${what}`, () => {
          const result = results.get(theme.title)?.[index];
          assert.ok(result?.control, "It was not tried, or has no control case.");
          assert.ok(result.refused, `It came through, or was not refused as is meant: ${result.cameBack}`);
          assert.ok(result.control.succeeded, `The control case failed: ${result.control.cameBack}`);
        });
      }
    });
  }
});
