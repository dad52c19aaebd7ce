import assert from "node:assert/strict";
import { inspect } from "node:util";
import { InvalidArgumentsError, quoted, throwIfAny } from "../../../src/arguments/problems.js";

describe("problems with arguments", () => {
  it("are told in one error, a line each, without a stack trace", () => {
    const problems = [
      { path: "a", got: "1", allowed: "Give 2." },
      { path: "b[0]", got: "nothing", allowed: "Give something." },
    ];
    const error = new InvalidArgumentsError('HipaaRedisCache "sessions"', problems);
    assert.equal(
      error.message,
      'HipaaRedisCache "sessions": 2 argument problems:\n  * a: got 1. Give 2.\n  * b[0]: got nothing. Give something.',
    );
    assert.equal(error.name, "InvalidArgumentsError");
    assert.equal(error.problems, problems);
    // What the Pulumi CLI looks for (@pulumi/pulumi, RunError.isInstance).
    assert.equal(error.__pulumiRunError, true);
    assert.throws(() => {
      throwIfAny('HipaaRedisCache "sessions"', problems);
    }, error);
  });

  it("are shown by their stack alone, also where some versions of Node.js find no end in colouring it (nodejs/node#64011)", () => {
    const error = new InvalidArgumentsError("HipaaRedisCache", []);
    error.stack = `${error.message}\n    at applyHelperAsync (/app/node_modules/@pulumi/output.ts:516:31)`;
    assert.equal(inspect(error, { colors: true }), error.stack);
  });

  it("throw nothing where there is none", () => {
    assert.doesNotThrow(() => {
      throwIfAny("HipaaRedisCache", []);
    });
  });

  const anObject = "an object (give a plain value: a pulumi.Output is known too late)";
  for (const [value, shown] of [
    [undefined, "nothing"],
    [null, "null"],
    [5, "5"],
    ["a\nb", String.raw`"a\nb"`],
    [["a", 1], '["a",1]'],
    [{ a: 1 }, anObject],
    [() => 1, "a function"],
    [Number.NaN, "NaN"],
    [Infinity, "Infinity"],
    [5n, "5"],
    [Symbol("a"), "Symbol(a)"],
    [[5n], "a list"],
    ["x".repeat(58), `"${"x".repeat(58)}"`],
    ["x".repeat(59), `"${"x".repeat(56)}…`],
  ] as const) {
    it(`show ${shown} where that was given`, () => {
      assert.equal(quoted(value), shown);
    });
  }
});
