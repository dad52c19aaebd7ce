import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { problemsOnceKnown, replaceLater } from "../../../src/arguments/later.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { InvalidArgumentsError, type Problem } from "../../../src/arguments/problems.js";
import { leafPaths, leaves, withLeaf } from "./argumentLeaves.js";

const problemsOf: Readonly<Record<keyof typeof leaves, (given: never) => readonly Problem[]>> = {
  CacheArguments: (given) => cacheProblems("one", given),
  ClientArguments: (given) => clientProblems("one", given),
  NetworkArguments: (given) => networkProblems("one", given),
};

/** What no leaf is, and no program should mean. */
const wrong: readonly unknown[] = [5, true, "", "a\nb\n", ["sg-1"], { id: "sg-1" }, []];

for (const name of Object.keys(leaves) as (keyof typeof leaves)[]) {
  const { base, sound } = leaves[name];
  const onceKnown = (path: string, value: unknown, isSecret = false): Problem[] =>
    problemsOnceKnown<never>(problemsOf[name], withLeaf(base, path, output(value)) as never, { path, value, isSecret });

  describe(`what is only known later of ${name}`, () => {
    it("is a leaf that the tests know, each of them", () => {
      const known = Object.keys(sound).map((path) => path.replace(/^(\w+)\.\w+$/, "$1.<name>"));
      assert.deepEqual(known.sort(), leafPaths(name).sort());
    });

    for (const [path, one] of Object.entries(sound)) {
      it(`is refused by its name when it turns out to be nothing, or no ${path}`, () => {
        assert.deepEqual(onceKnown(path, one), []);
        for (const none of [undefined, null]) {
          const [problem, ...more] = onceKnown(path, none);
          assert.deepEqual([problem?.path, more], [path, []]);
          assert.equal(problem?.got, "an output of nothing, such as one that another stack does not export");
        }
        // A tag may be an empty text.
        for (const other of wrong.filter((value) => value !== "" || !path.startsWith("tags."))) {
          const [problem] = onceKnown(path, other);
          assert.ok(problem?.path.startsWith(path), `${path}: ${JSON.stringify(other)}`);
        }
      });

      it(`is not shown when it is a secret that is no ${path}`, () => {
        const shown = JSON.stringify(onceKnown(path, "swordfish\n", true).map(({ got }) => got));
        assert.equal(shown, JSON.stringify(["a secret value"]));
      });
    }
  });
}

describe("an error about arguments", () => {
  it("says the same whatever Pulumi writes before its message", () => {
    const error = new InvalidArgumentsError("One", [{ path: "vpcId", got: "nothing", allowed: "Give one." }]);
    error.message = `error serializing property "vpcId": ${error.message}`;
    assert.equal(error.message, "One: 1 argument problem:\n  * vpcId: got nothing. Give one.");
  });
});

describe("arguments with values that are only known later", () => {
  it("are judged as if they were plain: a value that is there twice is refused", () => {
    const given = withLeaf(
      withLeaf(leaves.CacheArguments.base, "appSecurityGroupIds.web", output("sg-1")),
      "appSecurityGroupIds.jobs",
      "sg-1",
    );
    const known = { path: "appSecurityGroupIds.web", isSecret: false };
    const paths = (value: string): string[] =>
      problemsOnceKnown<never>(problemsOf.CacheArguments, given as never, { ...known, value }).map(({ path }) => path);
    assert.deepEqual(paths("sg-1"), ["appSecurityGroupIds.jobs"]);
    assert.deepEqual(paths("sg-2"), []);
  });

  it("are the same but for these", () => {
    const later = output("x");
    const given = {
      a: 1,
      b: [later, { c: later }, "d"],
      e: { f: undefined, g: later, "h.i": later },
      j: Promise.resolve(1),
    };
    assert.deepEqual(
      replaceLater(given, (path) => `<${path}>`),
      { a: 1, b: ["<b[0]>", { c: "<b[1].c>" }, "d"], e: { f: undefined, g: "<e.g>", "h.i": "<e.h.i>" }, j: "<j>" },
    );
  });
});
