import assert from "node:assert/strict";
import { judgeEach, judgeValue, mustBe, mustBeGiven, mustNot, ofTypes, someMust } from "../../../src/policy/judging.js";
import { notKnown } from "../../../src/policy/resource.js";
import { compliant, undecided, violation, violationIf, worst, type Verdict } from "../../../src/policy/verdict.js";
import { resource } from "./stack.js";
import { said } from "./verdicts.js";

describe("verdicts", () => {
  const [wrong, open] = [violation("is wrong"), undecided("is not known")];
  it("are of three kinds", () => {
    assert.deepEqual(compliant, { kind: "compliant" });
    assert.deepEqual(wrong, { kind: "violation", reason: "is wrong" });
    assert.deepEqual(open, { kind: "undecided", because: "is not known" });
    assert.deepEqual([violationIf(true, "is wrong"), violationIf(false, "is wrong")], [wrong, compliant]);
  });

  for (const [all, expected] of [
    [[], compliant],
    [[compliant, compliant], compliant],
    [[compliant, open], open],
    [[open, compliant, wrong], wrong],
    [[wrong, open], wrong],
    [[violation("first"), wrong], violation("first")],
  ] as [Verdict[], Verdict][]) {
    it(`of ${all.map(said).join(", ") || "nothing"} are at worst ${said(expected)}`, () => {
      assert.deepEqual(worst(all), expected);
    });
  }
});

describe("judging a value", () => {
  const props = { a: { b: "x" }, flag: false, empty: "", missing: undefined, later: notKnown, none: null };

  it("tells what is wrong, that nothing is, or that it isn't known yet", () => {
    const wrong = (value: unknown): string | undefined => (value === "x" ? "is x" : undefined);
    assert.equal(said(judgeValue(props, "a.b", wrong)), "wrong: is x");
    assert.equal(said(judgeValue(props, "a.c", wrong)), "compliant");
    assert.equal(said(judgeValue(props, "later.b", wrong)), "open: later.b is not known yet");
  });

  for (const [path, wanted, expected] of [
    ["a.b", "x", "compliant"],
    ["a.b", "y", 'wrong: has a.b "x", which must be "y"'],
    ["flag", false, "compliant"],
    ["flag", true, "wrong: has flag false, which must be true"],
    ["missing", true, "wrong: has missing unset, which must be true"],
    ["none", "x", 'wrong: has none unset, which must be "x"'],
    ["later", true, "open: later is not known yet"],
  ] as const) {
    it(`says "${expected}" where ${path} must be ${wanted}`, () => {
      assert.equal(said(mustBe(props, path, wanted)), expected);
    });
  }

  for (const [path, expected] of [
    ["a.b", "compliant"],
    ["flag", "compliant"],
    ["empty", "wrong: has no empty"],
    ["missing", "wrong: has no missing"],
    ["later", "open: later is not known yet"],
  ] as const) {
    it(`says "${expected}" where ${path} must be given`, () => {
      assert.equal(said(mustBeGiven(props, path)), expected);
    });
  }

  const judge = (member: unknown): Verdict => violationIf(member === "x", "is x");
  for (const [list, expected] of [
    [undefined, "compliant"],
    [[], "compliant"],
    [["a", "b"], "compliant"],
    [["a", "x"], "wrong: is x"],
    ["x", "wrong: is x"],
    [["a", notKnown], "open: a member of list is not known yet"],
    [[notKnown, "x"], "wrong: is x"],
    [notKnown, "open: list is not known yet"],
  ] as const) {
    it(`says "${expected}" of a list that is ${list === undefined ? "missing" : JSON.stringify(list)}`, () => {
      assert.equal(said(judgeEach({ list }, "list", judge)), expected);
    });
  }
});

describe("judging what refers to something", () => {
  it("refuses what must not be named", () => {
    assert.equal(said(mustNot("yes", "joins it")), "wrong: joins it");
    assert.equal(said(mustNot("no", "joins it")), "compliant");
    assert.equal(
      said(mustNot("notKnown", "joins it")),
      "open: what it refers to is not known yet, and it may be one that joins it",
    );
  });

  for (const [answers, expected] of [
    [[], "wrong: has none"],
    [["no", "no"], "wrong: has none"],
    [["no", "yes"], "compliant"],
    [["notKnown", "yes"], "compliant"],
    [["no", "notKnown"], "open: what could stand for it is not known yet, and without that it has none"],
  ] as const) {
    it(`says "${expected}" where at least one of [${answers.join()}] must be "yes"`, () => {
      assert.equal(said(someMust(answers, "has none")), expected);
    });
  }

  it("finds the resources of some types", () => {
    const stack = ["a", "b", "c", "a"].map((type, index) => resource(type, {}, { name: `${index}` }));
    assert.deepEqual(
      ofTypes(stack, ["a", "c"]).map(({ name }) => name),
      ["0", "2", "3"],
    );
  });
});
