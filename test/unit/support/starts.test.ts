import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { countStart, countStartInShell, startsFileVariable } from "../../../lab/starts.js";
import { layers } from "../../layers.js";
import { committedStarts, excessOf, readStarts } from "../../runner/starts.js";

describe("what a layer starts", () => {
  let folder: string;
  const outside = process.env[startsFileVariable];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "starts-"));
  });
  after(() => {
    process.env[startsFileVariable] = outside;
    if (outside === undefined) Reflect.deleteProperty(process.env, startsFileVariable);
    rmSync(folder, { recursive: true });
  });

  it("is counted by programs and by shell scripts, and by nobody where no file is named", async () => {
    const file = join(folder, "starts");
    process.env[startsFileVariable] = file;
    countStart("boots");
    countStart("boots");
    await execa("sh", ["-eu", "-c", countStartInShell("plugins")]);
    Reflect.deleteProperty(process.env, startsFileVariable);
    countStart("boots");
    await execa("sh", ["-eu", "-c", countStartInShell("plugins")], { env: {} });
    assert.deepEqual(readStarts(file), { boots: 2, plugins: 1 });
    assert.deepEqual(readStarts(join(folder, "none")), {});
  });

  it("may be less than the table has, and not more", () => {
    assert.deepEqual(excessOf({ boots: 2 }, { boots: 2 }), []);
    assert.deepEqual(excessOf({ boots: 1 }, { boots: 2, plugins: 1 }), []);
    assert.deepEqual(excessOf({ boots: 3, plugins: 1 }, { boots: 2, plugins: 1 }), [
      "boots: 3, test/starts.json has 2",
    ]);
    assert.deepEqual(excessOf({ plugins: 1 }, {}), ["plugins: 1, test/starts.json has 0"]);
  });

  it("has a table that names layers, and no others", () => {
    const file = join(import.meta.dirname, "..", "..", "starts.json");
    const named = Object.keys(JSON.parse(readFileSync(file, "utf8")) as object);
    const known = layers.map(({ name }) => name);
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
    for (const name of ["integration", "hosts", "rotation"])
      assert.ok((committedStarts(name).engineRuns ?? 0) > 0, name);
  });
});
