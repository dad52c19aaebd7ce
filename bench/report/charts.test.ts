import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { figures } from "../figures/figures.js";
import { charts, type Chart } from "./charts.js";

describe("the plots of the page", () => {
  const docs = join(repositoryRoot, "docs");
  let drawn: Chart[];
  before(async () => {
    drawn = await charts(
      figures.map(({ name, unit }) => ({ name, value: 1, unit, goal: null, met: null, rounds: 1, spread: 0 })),
    );
  });

  it("are two of applications first", () => {
    assert.deepEqual(
      drawn.filter(({ first }) => first).map(({ file }) => file),
      ["application.svg", "workers.svg"],
    );
  });

  it("have titles that stand alone, and say which way is better, on the page and in the picture as committed", () => {
    const page = readFileSync(join(docs, "performance.md"), "utf8");
    for (const { file, title } of drawn) {
      assert.match(title, / \((higher|lower) is better\)$/);
      assert.doesNotMatch(title, /\bsame\b/i);
      assert.ok(page.includes(`![${title}](performance/${file})`), title);
      assert.ok(readFileSync(join(docs, "performance", file), "utf8").includes(`>${title}</text>`), title);
    }
  });
});
