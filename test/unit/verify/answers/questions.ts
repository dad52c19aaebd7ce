import { assess } from "../../../../src/evidence/assess.js";
import type { Check, CommandResult } from "../../../../src/evidence/check.js";
import type { Target } from "../../../../src/evidence/target.js";
import { sampleEvidence } from "../../../support/sample.js";
import { changingValues } from "../../evidence/controlText.js";
import type { Answer } from "./answer.js";
import { answers } from "./index.js";

/** A check that a command answers, with answers to it. */
export interface Question {
  readonly control: string;
  readonly check: Exclude<Check, { by: "person" }>;
  readonly holds: CommandResult;
  readonly not: readonly CommandResult[];
}

/** The cache that is asked. */
export const asked = assess(sampleEvidence());

const known = changingValues(asked);

/** In the order of the controls, as scripts ask them. */
export const questions = asked.controls.flatMap(({ id, checks }): Question[] =>
  checks
    .flatMap((check) => (check.by === "person" ? [] : [check]))
    .map((check, index) => {
      const [, holds = "", ...not] = answers[id]?.[index] ?? [];
      return { control: id, check, holds: result(holds), not: not.map(result) };
    }),
);

export function questionsOf(target: Target): Question[] {
  return questions.filter(({ check }) =>
    check.by === "aws" ? target === "aws" : target !== "aws" && check.hosts.includes(target),
  );
}

function result(answer: Answer): CommandResult {
  if (typeof answer !== "string") return answer;
  return { exitCode: 0, stdout: known.reduce((text, [name, value]) => text.replaceAll(name, value), answer) };
}
