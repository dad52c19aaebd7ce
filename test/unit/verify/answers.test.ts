import assert from "node:assert/strict";
import type { CommandResult } from "../../../src/evidence/check.js";
import { targets, type Target } from "../../../src/evidence/target.js";
import { verification } from "../../../src/verify/verification.js";
import { answers } from "./answers/index.js";
import { asked, questions, questionsOf, type Question } from "./answers/questions.js";
import { about } from "./judged.js";

/** The checks that don't hold, when each is answered as it should be but for those that are answered otherwise. */
function broken(target: Target, otherwise: (question: Question) => CommandResult | undefined): string[] {
  const record = verification(
    { assessment: asked, target, commands: [] },
    questionsOf(target).map((question) => otherwise(question) ?? question.holds),
    about,
  );
  const lines = record.controls.flatMap(({ id, checks }) =>
    checks.flatMap(({ shows, holds }) => (holds ? [] : [`${id}: ${shows}`])),
  );
  assert.deepEqual(record.findings, [...new Set(lines.map((line) => line.split(":")[0]))]);
  return lines;
}

describe("answers to checks", () => {
  it("are there for every check that a command answers, in its place, with one at least that does not hold", () => {
    const written = Object.entries(answers).flatMap(([id, rows]) => rows.map(([shows]) => `${id}: ${shows}`));
    assert.deepEqual(
      questions.map(({ control, check }) => `${control}: ${check.shows}`),
      written,
    );
    for (const { check, not } of questions) assert.ok(not.length > 0, check.shows);
  });

  for (const target of targets) {
    it(`as they should be leave no finding (${target})`, () => {
      assert.deepEqual(
        broken(target, () => undefined),
        [],
      );
    });

    it(`that are wrong break their own check and no other (${target})`, () => {
      for (const wrong of questionsOf(target)) {
        for (const answer of wrong.not) {
          const found = broken(target, (question) => (question === wrong ? answer : undefined));
          assert.deepEqual(found, [`${wrong.control}: ${wrong.check.shows}`], JSON.stringify(answer));
        }
      }
    });

    it(`that are as they should be, but of a command that failed, break every check that expects no failure (${target})`, () => {
      const expecting = questionsOf(target).filter(({ check }) => !("fails" in check.expect));
      assert.deepEqual(
        broken(target, ({ holds }) => ({
          exitCode: holds.exitCode === 0 ? 1 : holds.exitCode,
          stdout: holds.stdout,
        })),
        expecting.map(({ control, check }) => `${control}: ${check.shows}`),
      );
    });

    it(`that are empty break every check that expects something (${target})`, () => {
      const expecting = questionsOf(target).filter(({ check }) => !("printsNothing" in check.expect));
      assert.deepEqual(
        broken(target, () => ({ exitCode: 0, stdout: "" })),
        expecting.map(({ control, check }) => `${control}: ${check.shows}`),
      );
    });
  }
});
