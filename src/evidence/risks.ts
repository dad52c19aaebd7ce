import type { AssessedControl, Assessment } from "./assess";
import type { Owner } from "./control";
import type { DeviationArgument } from "./deviations";
import type { OpeningName } from "./leftOpen";
import { deviationRatings, openingRatings, residualRatings, type RiskRating } from "./riskRatings";

/** Something that can go wrong, with what is proposed for how likely and how bad it is. */
export interface NamedRisk {
  /** Stable: `risk-` and the argument's name, or the id of the control. An acceptance names the risk by it. */
  readonly id: string;
  /** A choice that weakens, what a default leaves open, or what remains although a control is met. */
  readonly kind: "deviation" | "left open" | "residual";
  /** The control that it is of. */
  readonly control: AssessedControl;
  /** What can go wrong. */
  readonly what: string;
  /** What to do about it. */
  readonly mitigation: string;
  /** Who can do most about it; to accept it is for the organisation in any case. */
  readonly owner: Owner;
  /** A proposal: this library knows nothing of the organisation. */
  readonly rating: RiskRating;
}

/** Every risk of a cache: of its deviations, of what defaults leave open, and of each control. */
export function risks({
  controls,
  deviations,
  leftOpen,
}: Pick<Assessment, "controls" | "deviations" | "leftOpen">): NamedRisk[] {
  const of = (id: string): AssessedControl[] => controls.filter((control) => control.id === id);
  return [
    ...deviations.flatMap(({ argument, consequence, control: id }) =>
      of(id).map((control): NamedRisk => ({
        id: riskId(argument),
        kind: "deviation",
        control,
        what: consequence,
        mitigation: `Leave ${argument} at its default.`,
        owner: "organisation",
        rating: deviationRatings[argument as DeviationArgument],
      })),
    ),
    ...leftOpen.flatMap(({ name, leavesOpen, closes, control: id }) =>
      of(id).map((control): NamedRisk => ({
        id: riskId(name),
        kind: "left open",
        control,
        what: leavesOpen,
        mitigation: closes,
        owner: "organisation",
        rating: openingRatings[name as OpeningName],
      })),
    ),
    ...controls.map(residualRisk),
  ];
}

/** The ids of all risks that a cache can have. */
export const riskIds: ReadonlySet<string> = new Set(
  [deviationRatings, openingRatings, residualRatings].flatMap((ratings) => Object.keys(ratings).map(riskId)),
);

function residualRisk(control: AssessedControl): NamedRisk {
  const { id, risk, owners, status } = control;
  const [owner = "organisation"] = owners;
  const rating = residualRatings[id];
  if (rating === undefined) throw new Error(`No likelihood is proposed for the risk of ${id}.`);
  return {
    id: riskId(id),
    kind: "residual",
    control,
    what: risk.remains,
    mitigation: risk.mitigation,
    owner,
    rating: status === "not met" ? notMet(rating) : rating,
  };
}

/** The ratings take it that the control holds. */
function notMet({ impact }: RiskRating): RiskRating {
  return { likelihood: "high", impact, because: "The control is not met: see the plan of action." };
}

function riskId(name: string): string {
  return `risk-${name}`;
}
