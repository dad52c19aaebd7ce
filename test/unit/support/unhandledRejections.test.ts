import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";

const reject = `void Promise.reject(new Error("nobody listens"));`;
const turn = `await new Promise((resolve) => setImmediate(resolve));`;

const inTests = `
  it("no rejection", async () => { ${turn} });
  it("a caught one", async () => { await Promise.reject(new Error("heard")).catch(() => {}); ${turn} });
  it("one that another listener takes, as Pulumi's does while a program runs", async () => {
    let taken;
    const take = (reason) => { taken = reason; };
    process.on("unhandledRejection", take);
    ${reject} ${turn}
    process.off("unhandledRejection", take);
    if (taken?.message !== "nobody listens") throw new Error("not taken");
  });
  it("an unhandled one", async () => { ${reject} ${turn} });
  it("the next test", async () => { ${turn} });`;

const elsewhere: Readonly<Record<string, string>> = {
  "in a hook": `before(async () => { ${reject} ${turn} }); it("one", () => {});`,
  "when a file is loaded": `${reject} ${turn} it("one", () => {});`,
  "after the last test": `it("one", () => {}); process.once("beforeExit", () => { ${reject} });`,
};

describe("a rejection that nobody handles", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "rejections-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What mocha makes of a file of tests with this project's settings. */
  const run = async (text: string): Promise<{ failed: boolean; output: string }> => {
    const file = join(mkdtempSync(join(folder, "run-")), "some.mjs");
    writeFileSync(file, text);
    const { failed, all } = await execa("mocha", ["--reporter", "tap", file], {
      cwd: repositoryRoot,
      preferLocal: true,
      reject: false,
      all: true,
    });
    return { failed, output: all };
  };

  it("fails the test that it happens in, with its reason, and no other", async () => {
    const { failed, output } = await run(inTests);
    assert.equal(failed, true, output);
    const passed = [...output.matchAll(/^ok \d+ (.*)$/gm)].map(([, title]) => title);
    assert.deepEqual(passed, [
      "no rejection",
      "a caught one",
      "one that another listener takes, as Pulumi's does while a program runs",
      "the next test",
    ]);
    assert.match(output, /^not ok \d+ an unhandled one\n {2}nobody listens$/m);
  });

  for (const [where, text] of Object.entries(elsewhere)) {
    it(`fails the run also ${where}, with its reason`, async () => {
      const { failed, output } = await run(text);
      assert.equal(failed, true, output);
      assert.match(output, /nobody listens/);
    });
  }

  it("control case: the same runs pass without one", async () => {
    const { failed, output } = await run(Object.values(elsewhere).join("\n").replaceAll(reject, ""));
    assert.equal(failed, false, output);
  });
});
