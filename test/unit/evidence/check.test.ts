import assert from "node:assert/strict";
import { hasRun, inWords, literally, meets, upTo, type Expectation } from "../../../src/evidence/check.js";

describe("an expectation", () => {
  const answers = [
    { exitCode: 0, stdout: "one\ntwo\n" },
    { exitCode: 0, stdout: " \n" },
    { exitCode: 1, stdout: "two" },
    { exitCode: 1, stdout: "" },
    { exitCode: 127, stdout: "two" },
  ];
  for (const [expect, words, met] of [
    [{ prints: "^two$" }, "prints `^two$`", [true, false, false, false, false]],
    [{ prints: "" }, "prints ``", [true, true, false, false, false]],
    [{ printsNothing: true }, "prints nothing", [false, true, false, false, false]],
    [{ fails: true }, "the command fails", [false, false, true, true, false]],
  ] satisfies [Expectation, string, boolean[]][]) {
    it(`that ${words} is met by that alone`, () => {
      assert.equal(inWords(expect), words);
      assert.deepEqual(
        answers.map((answer) => meets(expect, answer)),
        met,
      );
    });
  }
});

describe("a command", () => {
  it("counts as run with any exit code but those of timeout(1) and of a shell that finds no such program", () => {
    const codes = [0, 1, 2, 123, 124, 125, 126, 127, 128, 130, 136, 137, 138, 255];
    assert.deepEqual(
      codes.filter((exitCode) => !hasRun({ exitCode, stdout: "" })),
      [124, 125, 126, 127, 137],
    );
  });
});

describe("a number up to another", () => {
  for (const most of [0, 7, 10, 90, 180, 900, 1805])
    it(`is each from 0 to ${most}, and no other`, () => {
      const expression = new RegExp(`^${upTo(most)}$`);
      for (let number = -5; number <= 10 * most + 20; number += 1)
        assert.equal(expression.test(String(number)), number >= 0 && number <= most, String(number));
    });
});

describe("a text that is taken literally", () => {
  it("matches itself, whatever it is made of, and nothing else", () => {
    for (const character of String.raw`.*+?^$\{}()|[]/-a0 :`) {
      const expression = new RegExp(`^${literally(character)}$`);
      assert.match(character, expression);
      assert.doesNotMatch("x", expression);
      assert.doesNotMatch("", expression);
    }
    assert.equal(literally("10.0.0.0/8 [a]"), String.raw`10\.0\.0\.0/8 \[a\]`);
  });
});
