import { controlIdOf, ownProperty, type Property } from "./form";

interface Cited {
  readonly id: string;
  readonly nist: readonly string[];
  readonly hipaa: readonly string[];
}

/** A control of NIST's, with the safeguards that answer it. */
export interface Requirement<Control> {
  readonly controlId: string;
  readonly controls: readonly Control[];
}

/** Each control of NIST's that a safeguard names, once, in the order of their ids. */
export function requirementsOf<Control extends Cited>(controls: readonly Control[]): Requirement<Control>[] {
  const ids = [...new Set(controls.flatMap(({ nist }) => nist))].sort();
  return ids.map((nist) => ({
    controlId: controlIdOf(nist),
    controls: controls.filter((control) => control.nist.includes(nist)),
  }));
}

/** What answers none of NIST's controls, as most of what is for the organisation alone. */
export function withoutRequirement<Control extends Cited>(controls: readonly Control[]): Control[] {
  return controls.filter(({ nist }) => nist.length === 0);
}

/** A safeguard's id and what it answers of HIPAA. */
export function safeguardProperties({ id, hipaa }: Cited): Property[] {
  return [
    ownProperty("safeguard", id, id),
    ...hipaa.map((paragraph) => ownProperty("hipaa-paragraph", `45 CFR ${paragraph}`, id)),
  ];
}
