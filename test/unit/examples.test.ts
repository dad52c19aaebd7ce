import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";

interface Settings {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
}

const folder = join(repositoryRoot, "examples");
const inExamples = readdirSync(folder, { recursive: true, encoding: "utf8" });
const read = (file: string): Settings => JSON.parse(readFileSync(join(folder, file), "utf8")) as Settings;
const own = inExamples.filter((file) => file.endsWith("/tsconfig.json"));

describe("the examples, type-checked in one program", () => {
  it("each say by a tsconfig.json of their own what that one says", () => {
    const { rootDir, ...shared } = read("tsconfig.json").compilerOptions;
    assert.equal(rootDir, "..");
    assert.equal(own.length, 8);
    for (const file of own) {
      const depth = file.split("/").length;
      const expected = { ...shared, rootDir: Array(depth).fill("..").join("/") };
      assert.deepEqual(read(file).compilerOptions, expected, file);
    }
  });

  it("are all the TypeScript that is there", () => {
    const named = own.flatMap((file) => (read(file).files ?? []).map((name) => join(dirname(file), name)));
    assert.deepEqual(named.sort(), inExamples.filter((file) => file.endsWith(".ts")).sort());
  });
});
