import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { isExhaustive } from "../../support/dimensions.js";

const committed = join(repositoryRoot, "docs/reference");

function pages(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

describe("docs/reference", () => {
  it("has pages that are titled by what a program imports", () => {
    const titles = Object.entries(pages(committed)).map(([name, text]) => [name, text.split("\n", 1)[0]]);
    const titleOf = (name: string): string => `# pulumi-hipaa-redis${name === "" ? "" : `/${name}`}`;
    const expected = ["README", "evidence", "index", "ioredis", "policy"].map((name) => [
      `${name}.md`,
      titleOf(["README", "index"].includes(name) ? "" : name),
    ]);
    assert.deepEqual(titles, expected);
  });

  it("has every argument of the cache, with its default", () => {
    const index = readFileSync(join(committed, "index.md"), "utf8");
    for (const name of ["secretAdministratorArns", "operatorIdleLogoffMinutes", "natGatewayId"]) {
      assert.ok(index.includes(`**${name}?**`), name);
    }
  });

  // It takes typedoc half a minute of processor time.
  if (isExhaustive) {
    it("is what the doc comments say now (npm run docs:reference)", async () => {
      const folder = mkdtempSync(join(tmpdir(), "reference-"));
      try {
        await execa("typedoc", ["--out", folder], { cwd: repositoryRoot, preferLocal: true });
        assert.deepEqual(pages(folder), pages(committed));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
