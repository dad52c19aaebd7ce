import { all, isSecret, output } from "@pulumi/pulumi";
import { problemsOnceKnown, replaceLater } from "../arguments/later";
import { throwIfAny, type Problem } from "../arguments/problems";

/**
 * The same arguments, found sound: refused at once, or, where a value is only known later, when it is known. Then no resource takes
 * it, and what does not depend on it goes on.
 */
export function soundArguments<Given>(
  component: string,
  given: Given,
  problemsOf: (given: Given) => readonly Problem[],
): Given {
  throwIfAny(component, problemsOf(given));
  return replaceLater(given, (path, value) => {
    const later = output(value);
    return all([later, isSecret(later)]).apply(([known, secret]) => {
      throwIfAny(component, problemsOnceKnown(problemsOf, given, { path, value: known, isSecret: secret }));
      return known;
    });
  }) as Given;
}
