import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { themes } from "../../../lab/scenario/attacks/index.js";
import { figuresOf } from "../../../lab/scenario/figures.js";
import { runTheme, type Result } from "../../../lab/scenario/runTheme.js";
import { repositoryRoot, stateFolder } from "../../../lab/stateFolder.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { describeEachTunnel, type TestScene } from "../cache/scene.js";
import { attacksPage, withoutFigures, type Run } from "./page.js";

const everything = { slow: true, controls: true };
const fewest = 60;

const runs = new Map<TunnelEngine, Run>();

describeEachTunnel("every attack is refused, and its control case succeeds", (scene, engine) => {
  const results = new Map<string, readonly Result[]>();
  let here: TestScene;
  before(async () => {
    here = await scene();
  });
  after(() => {
    runs.set(engine, { results, figures: figuresOf(here) });
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

describe("docs/attacks.md", () => {
  it(`has at least ${fewest} attacks with each tunnel, every one with its control case`, () => {
    assert.deepEqual([...runs.keys()], [...tunnelEngines]);
    for (const { results } of runs.values()) {
      const all = [...results.values()].flat();
      assert.ok(all.length >= fewest, `only ${all.length} attacks ran`);
      assert.ok(all.every(({ control }) => control !== undefined));
    }
  });

  it("is what this run has found, but for what it measured", () => {
    const committed = join(repositoryRoot, "docs", "attacks.md");
    const page = attacksPage(runs);
    writeFileSync(join(stateFolder(), "attacks.md"), page);
    if (process.env.UPDATE_DOCS === "1") writeFileSync(committed, page);
    assert.equal(
      withoutFigures(page),
      withoutFigures(readFileSync(committed, "utf8")),
      "Run the tests with UPDATE_DOCS=1 and look at what has changed.",
    );
  });
});
