/** What a rule finds: all is well, it isn't, or it depends on a value that isn't there yet. */
export type Verdict =
  | { readonly kind: "compliant" }
  | { readonly kind: "violation"; readonly reason: string }
  | { readonly kind: "undecided"; readonly because: string };

export const compliant: Verdict = { kind: "compliant" };

/** `reason` goes on after the resource's name: "opens port 22 to 0.0.0.0/0". */
export function violation(reason: string): Verdict {
  return { kind: "violation", reason };
}

/** `because` says what is missing: "policy is not known yet". */
export function undecided(because: string): Verdict {
  return { kind: "undecided", because };
}

/** One violation is enough; without one, what cannot be judged is never taken for compliant. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ kind }) => kind === "violation") ?? verdicts.find(({ kind }) => kind === "undecided") ?? compliant
  );
}

export function violationIf(wrong: boolean, reason: string): Verdict {
  return wrong ? violation(reason) : compliant;
}
