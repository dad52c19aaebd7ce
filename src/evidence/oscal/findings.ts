import type { AssessedControl, Assessment } from "../assess";
import { statusWords } from "../report/text";
import type { Observation } from "./observations";
import type { Ids } from "./deployment";
import { requirementsOf, withoutRequirement } from "./requirements";

/** What the looks at a control say of it; nothing where not enough was looked at to say so. */
type Verdict = "satisfied" | "not-satisfied" | undefined;

/** Of all that answer a requirement: one that fails makes it fail; it holds only if everything was looked at and holds. */
function verdictOf(controls: readonly AssessedControl[]): Verdict {
  if (controls.some(fails)) return "not-satisfied";
  const applicable = controls.filter(({ status }) => status !== "not applicable");
  return applicable.length > 0 && applicable.every(({ status }) => status === "met") ? "satisfied" : undefined;
}

function fails({ status, seen: { checks } }: AssessedControl): boolean {
  return status === "not met" || (status === "weakened" && checks.some(({ outcome }) => outcome !== "not looked at"));
}

/** A finding for each control of NIST's, and each safeguard that answers none, of which the looks decide. */
export function findingsOf(
  { controls }: Assessment,
  observations: ReadonlyMap<string, readonly Observation[]>,
  id: Ids,
): object[] {
  const finding = (target: object, key: string, title: string, answering: readonly AssessedControl[]): object[] => {
    const state = verdictOf(answering);
    if (state === undefined) return [];
    const related = answering.flatMap((one) => observations.get(one.id) ?? []);
    const words = answering.map((one) => `${one.title}: ${statusWords[one.status]}.`).join(" ");
    return [
      {
        uuid: id("finding", key),
        title,
        description: words,
        target: { ...target, status: { state, reason: reasonOf(state, answering) } },
        ...(answering[0]?.nist.length === 0 ? {} : { "implementation-statement-uuid": id("by-component", key) }),
        "related-observations": related.map((one) => ({ "observation-uuid": one.id })),
      },
    ];
  };
  return [
    ...requirementsOf(controls).flatMap(({ controlId, controls: answering }) =>
      finding({ type: "statement-id", "target-id": `${controlId}_smt` }, controlId, controlId, answering),
    ),
    // NIST has no statement for them: the target is the report's own safeguard.
    ...withoutRequirement(controls).flatMap((control) =>
      finding({ type: "objective-id", "target-id": control.id }, control.id, control.title, [control]),
    ),
  ];
}

function reasonOf(state: NonNullable<Verdict>, controls: readonly AssessedControl[]): string {
  if (state === "satisfied") return "pass";
  // A choice of the user's is no check that failed.
  return controls.some(({ status }) => status === "not met") ? "fail" : "other";
}
