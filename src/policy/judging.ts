import type { Answer } from "./reference";
import { listAt, notKnown, valueAt, type StackResource } from "./resource";
import { compliant, undecided, violation, worst, type Verdict } from "./verdict";

/** Judges the value at a path; `wrong` says what is wrong with it, or `undefined` if nothing is. */
export function judgeValue(props: unknown, path: string, wrong: (value: unknown) => string | undefined): Verdict {
  const value = valueAt(props, path);
  if (value === notKnown) return undecided(`${path} is not known yet`);
  const reason = wrong(value);
  return reason === undefined ? compliant : violation(reason);
}

export function mustBe(props: unknown, path: string, wanted: string | boolean | number): Verdict {
  return judgeValue(props, path, (value) =>
    value === wanted ? undefined : `has ${path} ${shown(value)}, which must be ${shown(wanted)}`,
  );
}

export function mustBeGiven(props: unknown, path: string): Verdict {
  return judgeValue(props, path, (value) => (value === undefined || value === "" ? `has no ${path}` : undefined));
}

/** Judges each member of a list property. */
export function judgeEach(props: unknown, path: string, judge: (member: unknown) => Verdict): Verdict {
  const members = listAt(props, path);
  if (members === notKnown) return undecided(`${path} is not known yet`);
  return worst(
    members.map((member) => (member === notKnown ? undecided(`a member of ${path} is not known yet`) : judge(member))),
  );
}

/** A resource that must not name something it does name. */
export function mustNot(answer: Answer, reason: string): Verdict {
  switch (answer) {
    case "yes":
      return violation(reason);
    case "no":
      return compliant;
    case "notKnown":
      return undecided(`what it refers to is not known yet, and it may be one that ${reason}`);
  }
}

/** There must be another resource that does something for this one; `answers` has one entry for each candidate. */
export function someMust(answers: readonly Answer[], reason: string): Verdict {
  if (answers.includes("yes")) return compliant;
  return answers.includes("notKnown")
    ? undecided(`what could stand for it is not known yet, and without that it ${reason}`)
    : violation(reason);
}

/** The resources of these types in a stack. */
export function ofTypes(stack: readonly StackResource[], types: readonly string[]): readonly StackResource[] {
  return stack.filter(({ type }) => types.includes(type));
}

function shown(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}
