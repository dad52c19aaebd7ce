import type { AssessedControl, Assessment } from "../assess";
import { riskLevel } from "../riskRatings";
import { risks } from "../risks";
import { sheet, type Sheet } from "./sheet";

/** What somebody has decided about a risk. */
export interface RiskAcceptance {
  /** Whether it is accepted, by a signed decision that is not due again. */
  readonly holds: boolean;
  /** In words: when, who, and what they say. */
  readonly found: string;
  /** Until when that holds: RFC 3339, UTC. */
  readonly until?: string;
}

const columns = [
  "id",
  "kind",
  "control",
  "controlStatus",
  "hipaa",
  "risk",
  "mitigation",
  "likelihood",
  "impact",
  "level",
  "because",
  "owner",
  "accepted",
  "acceptance",
  "acceptedUntil",
  "treatment",
  "responsible",
  "dueDate",
] as const;

/**
 * Each deviation, what defaults leave open, and what remains of each control. Likelihood and impact are proposals. Nothing is accepted but by
 * a decision of the organisation's, nor while the risk's control is not met.
 *
 * @param acceptances - What was decided, by the risk's id.
 */
export function riskRegister(
  assessment: Assessment,
  acceptances: ReadonlyMap<string, RiskAcceptance> = new Map(),
): Sheet {
  return sheet(
    "risk-register",
    columns,
    risks(assessment).map((risk) => {
      const { id, kind, control, what, mitigation, rating, owner } = risk;
      const acceptance = heldAgainst(control, acceptances.get(id));
      return {
        id,
        kind,
        control: control.id,
        controlStatus: control.status,
        hipaa: control.hipaa.join(", "),
        risk: what,
        mitigation,
        likelihood: rating.likelihood,
        impact: rating.impact,
        level: riskLevel(rating),
        because: rating.because,
        owner,
        accepted: acceptance?.holds === true ? "yes" : "no",
        acceptance: acceptance?.found ?? "",
        acceptedUntil: acceptance?.until?.slice(0, 10) ?? "",
        treatment: "",
        responsible: "",
        dueDate: "",
      };
    }),
  );
}

/** Accepted is what remains although the control is met, not that it is broken. */
function heldAgainst(
  { status }: Pick<AssessedControl, "status">,
  acceptance: RiskAcceptance | undefined,
): RiskAcceptance | undefined {
  if (acceptance?.holds !== true || status !== "not met") return acceptance;
  return { holds: false, found: `${acceptance.found}; it does not hold while the control is not met` };
}
