import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dependencies } from "../../../lab/scenario/attack.js";
import { suites } from "../../../lab/scenario/attacks/index.js";
import { repositoryRoot, stateFolder } from "../../../lab/stateFolder.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { choicesFor } from "../../support/dimensions.js";
import { foundIn, suitesOn } from "./found.js";
import { attacksPage, withoutFigures } from "./page.js";
import { attacksPicture } from "./picture.js";
import { runs } from "./runs.js";

// mocha runs files in the order of their names: by now the others of this folder have run.
describe("docs/attacks.md", () => {
  it("has every attack with each tunnel that it depends on, or with one, and its control case", () => {
    assert.deepEqual(new Set(runs.keys()), new Set(tunnelEngines));
    for (const suite of suitesOn(runs)) {
      for (const attack of suite.attacks) {
        const made = [...runs].filter(([, { results }]) => results.get(attack)?.controlCase !== undefined);
        const tunnels = new Set(choicesFor(dependencies(suite, attack)).map(({ tunnel }) => tunnel));
        assert.deepEqual(
          made.map(([tunnel]) => tunnel),
          [...tunnels],
          attack.what,
        );
      }
    }
  });

  // It tells of every suite: a run on a release that some of them have nothing to do with can't make it.
  if (!makesAll()) return;

  it("is what this run has found, but for what it measured, and so is its picture", () => {
    const found = foundIn(runs);
    const pages = { "attacks.md": attacksPage(found), "attacks.svg": attacksPicture(found) };
    for (const [name, text] of Object.entries(pages)) {
      const committed = join(repositoryRoot, "docs", name);
      writeFileSync(join(stateFolder(), name), text);
      if (process.env.UPDATE_DOCS === "1") writeFileSync(committed, text);
    }
    for (const [name, text] of Object.entries(pages)) {
      const committed = readFileSync(join(repositoryRoot, "docs", name), "utf8");
      assert.equal(
        withoutFigures(text),
        withoutFigures(committed),
        `docs/${name}: run the tests with UPDATE_DOCS=1 and look at what has changed.`,
      );
    }
  });
});

function makesAll(): boolean {
  const [first] = choicesFor(["tunnel"]);
  return suites.every(({ releases }) => first !== undefined && releases?.includes(first.operatingSystem) !== false);
}
