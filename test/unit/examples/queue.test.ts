import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { lockedCommands } from "../../../src/plan/commands.js";

const scripts = join(dirname(createRequire(import.meta.url).resolve("bullmq")), "scripts");

/** What BullMQ's scripts call, as they are in the package. */
function called(): string[] {
  const texts = readdirSync(scripts)
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(join(scripts, file), "utf8"));
  const calls = texts.flatMap((text) => [...text.matchAll(/(?:rcall|redis\.p?call)\(\s*["']([a-z]+)["']/gi)]);
  return [...new Set(calls.map(([, name = ""]) => name.toUpperCase()))];
}

describe("BullMQ's scripts", () => {
  const locked = lockedCommands({ allowScripting: true }).map(({ name }) => name);

  it("call no command that is locked", () => {
    assert.ok(called().length > 50, called().join());
    assert.deepEqual(
      called().filter((name) => locked.includes(name)),
      [],
    );
  });

  it("are EVAL and EVALSHA, which are locked unless they are asked for", () => {
    const byDefault = lockedCommands({ allowScripting: false }).map(({ name }) => name);
    for (const name of ["EVAL", "EVALSHA"]) {
      assert.deepEqual([byDefault.includes(name), locked.includes(name)], [true, false], name);
    }
  });
});
