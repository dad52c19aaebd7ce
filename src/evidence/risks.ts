import { riskId } from "./acceptance";
import type { AssessedControl, Assessment } from "./assess";
import type { Owner } from "./control";
import { closesDeviation, type DeviationArgument } from "./deviations";
import type { OpeningName } from "./leftOpen";
import { deviationRatings, openingRatings, residualRatings, type RiskRating } from "./riskRatings";

/** Something that can go wrong, with what is proposed for how likely and how bad it is. */
export interface NamedRisk {
  /** By which one report names it, such as `R7`: in another report another risk may have the number. */
  readonly number: string;
  /** Stable: `risk-` and the argument's name, or the id of the control. An acceptance names the risk by it. */
  readonly id: string;
  /** A choice that weakens, what a default leaves open, or what remains although a control is met. */
  readonly kind: "deviation" | "left open" | "residual";
  /** The control that it is of. */
  readonly control: AssessedControl;
  /** What is chosen, or left open, here; none of what remains of a control. An acceptance is of this alone. */
  readonly chosen?: string;
  /** What can go wrong. */
  readonly what: string;
  /** What to do about it. */
  readonly mitigation: string;
  /** Who can do most about it; to accept it is for the organisation in any case. */
  readonly owner: Owner;
  /** A proposal: this library knows nothing of the organisation. */
  readonly rating: RiskRating;
}

/** A risk, before anybody proposes how likely and how bad it is. */
export type UnratedRisk = Omit<NamedRisk, "number" | "rating">;

type Judged = Pick<Assessment, "controls" | "deviations" | "leftOpen">;

/** The number of each risk of a cache, by the argument that is chosen or left open, or the id of the control. */
export type RiskNumbers = ReadonlyMap<string, string>;

/** In the order in which the report has them. */
export function riskNumbers({ controls, deviations, leftOpen }: Judged): RiskNumbers {
  const chosen = deviations.map(({ argument }) => argument);
  const names = chosen.concat(
    leftOpen.map(({ name }) => name),
    controls.map(({ id }) => id),
  );
  return new Map(names.map((name, index) => [name, `R${index + 1}`]));
}

/** Every risk of a cache: of its deviations, of what defaults leave open, and of each control. */
export function risks(assessment: Judged): NamedRisk[] {
  const numbers = riskNumbers(assessment);
  const numberOf = (name: string): string => numbers.get(name) ?? "";
  return [
    ...deviationRisks(assessment).map(([name, risk]) => ({
      ...risk,
      number: numberOf(name),
      rating: deviationRatings[name as DeviationArgument],
    })),
    ...openRisks(assessment).map(([name, risk]) => ({
      ...risk,
      number: numberOf(name),
      rating: openingRatings[name as OpeningName],
    })),
    ...residualRisks(assessment).map(([name, risk]) => ({
      ...risk,
      number: numberOf(name),
      rating: residualRating(name, risk.control),
    })),
  ];
}

/** The same without what is proposed. */
export function unratedRisks(assessment: Judged): UnratedRisk[] {
  return [deviationRisks, openRisks, residualRisks].flatMap((of) => of(assessment).map(([, risk]) => risk));
}

type Named = readonly [name: string, risk: UnratedRisk];

function deviationRisks({ controls, deviations }: Judged): Named[] {
  return deviations.flatMap(({ argument, chosen, consequence, control: id }) =>
    controls
      .filter((control) => control.id === id)
      .map((control): Named => [
        argument,
        {
          id: riskId(argument),
          kind: "deviation",
          control,
          chosen,
          what: consequence,
          mitigation: closesDeviation(argument),
          owner: "organisation",
        },
      ]),
  );
}

function openRisks({ controls, leftOpen }: Judged): Named[] {
  return leftOpen.flatMap(({ name, here, leavesOpen, closes, control: id }) =>
    controls
      .filter((control) => control.id === id)
      .map((control): Named => [
        name,
        {
          id: riskId(name),
          kind: "left open",
          control,
          chosen: here,
          what: leavesOpen,
          mitigation: closes,
          owner: "organisation",
        },
      ]),
  );
}

function residualRisks({ controls }: Judged): Named[] {
  return controls.map((control) => {
    const { id, risk, owners } = control;
    const [owner = "organisation"] = owners;
    return [id, { id: riskId(id), kind: "residual", control, what: risk.remains, mitigation: risk.mitigation, owner }];
  });
}

/** The ids of all risks that a cache can have. */
export const riskIds: ReadonlySet<string> = idsOf(deviationRatings, openingRatings, residualRatings);

/** Of these, the ones that are of something chosen: an acceptance has to say of what. */
export const chosenRiskIds: ReadonlySet<string> = idsOf(deviationRatings, openingRatings);

function idsOf(...ratings: readonly Readonly<Record<string, RiskRating>>[]): ReadonlySet<string> {
  return new Set(ratings.flatMap((one) => Object.keys(one).map(riskId)));
}

function residualRating(id: string, { status }: AssessedControl): RiskRating {
  const rating = residualRatings[id];
  if (rating === undefined) throw new Error(`No likelihood is proposed for the risk of ${id}.`);
  return status === "not met" ? notMet(rating) : rating;
}

/** The ratings take it that the control holds. */
function notMet({ impact }: RiskRating): RiskRating {
  return { likelihood: "high", impact, because: "The control is not met: see the plan of action." };
}
