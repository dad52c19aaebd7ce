import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot, stateFolder } from "../../../lab/stateFolder.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { attacksPage, withoutFigures } from "./page.js";
import { runs } from "./runs.js";

const fewest = 60;

// mocha runs files in the order of their names: by now the others of this folder have run.
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
