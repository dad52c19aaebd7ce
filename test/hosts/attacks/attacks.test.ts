import assert from "node:assert/strict";
import { themes } from "../../../lab/scenario/attacks/index.js";
import { runTheme, type Result } from "../../../lab/scenario/runTheme.js";
import { describeEachTunnel } from "../cache/scene.js";

const everything = { slow: true, controls: true };

describeEachTunnel("every attack is refused, and its control case succeeds", (scene) => {
  for (const theme of themes) {
    describe(theme.title, () => {
      let results: readonly Result[];
      before(async () => {
        results = await runTheme(theme, await scene(), everything);
      });

      for (const [index, { who, from, what }] of theme.attacks.entries()) {
        it(`${who} from ${from}: ${what}`, () => {
          const result = results[index];
          assert.ok(result?.control);
          assert.ok(result.refused, `It came through, or was not refused as is meant: ${result.cameBack}`);
          assert.ok(result.control.succeeded, `The control case failed: ${result.control.cameBack}`);
        });
      }
    });
  }
});
