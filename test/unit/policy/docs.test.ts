import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { rules } from "../../../src/policy/rules.js";
import { notInAProgram, packs } from "./packs.js";
import { sections } from "./sections.js";

describe("docs/policy.md", () => {
  for (const pack of ["awsConfig", "cdkNag"] as const) {
    it(`has an answer to each rule of ${packs[pack].title}, and only to those`, () => {
      const theirs: readonly string[] = packs[pack].rules;
      const answered = rules.flatMap((rule) => rule[pack] ?? []);
      assert.deepEqual(
        answered.filter((name) => !theirs.includes(name)),
        [],
      );
      for (const name of theirs) {
        const times = answered.filter((one) => one === name).length;
        assert.equal(times, name in notInAProgram ? 0 : 1, name);
      }
    });
  }

  it("counts as many rules as the README says", () => {
    const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
    assert.ok(readme.includes(`a set of ${rules.length} policies`));
  });

  it("has the sections that the rules' own data give (UPDATE_DOCS=1 writes them)", async () => {
    const path = join(repositoryRoot, "docs/policy.md");
    const page = readFileSync(path, "utf8");
    const start = page.indexOf("## The rules");
    const wanted = await format(page.slice(0, start) + sections(rules), {
      parser: "markdown",
      printWidth: 110,
    });
    if (process.env.UPDATE_DOCS === "1") writeFileSync(path, wanted);
    assert.equal(readFileSync(path, "utf8"), wanted);
  });
});
