import type { AssessedControl } from "../assess";
import type { Status } from "../status";

/** OSCAL's words for how far a control is implemented, the worst first. */
const states = ["planned", "partial", "alternative", "implemented"] as const;

export type ImplementationState = (typeof states)[number] | "not-applicable";

/** OSCAL has no words for what was not seen or found otherwise: it is planned, as what the organisation has to do. */
const statesOf: Readonly<Record<Status, ImplementationState>> = {
  met: "implemented",
  "partly met": "partial",
  designed: "planned",
  "not met": "planned",
  weakened: "partial",
  "not applicable": "not-applicable",
  alternative: "alternative",
  organisation: "planned",
};

/** Of one safeguard. OSCAL calls an alternative one, approved or not. */
function stateOf({ designed, status }: Pick<AssessedControl, "designed" | "status">): ImplementationState {
  return statesOf[designed === "alternative" && status !== "not met" ? designed : status];
}

/** Of all that answer a requirement: the worst. What is not applicable makes it neither better nor worse. */
export function worstState(controls: readonly Pick<AssessedControl, "designed" | "status">[]): ImplementationState {
  const all = new Set(controls.map(stateOf));
  return states.find((state) => all.has(state)) ?? "not-applicable";
}
