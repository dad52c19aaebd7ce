import { acceptanceOf, type RiskAcceptance } from "../acceptance";
import type { Assessment } from "../assess";
import { riskLevel } from "../riskRatings";
import { risks } from "../risks";
import { sheet, type Sheet } from "./sheet";

const columns = [
  "number",
  "id",
  "kind",
  "control",
  "controlStatus",
  "hipaa",
  "chosen",
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
 * a decision of the organisation's that is of what is chosen now, nor while the risk's control is not met.
 */
export function riskRegister(assessment: Assessment): Sheet {
  return sheet(
    "risk-register",
    columns,
    risks(assessment).map((risk) => {
      const { number, id, kind, control, chosen = "", what, mitigation, rating, owner } = risk;
      const acceptance = acceptanceOf(risk, assessment.acceptances);
      return {
        number,
        id,
        kind,
        control: control.id,
        controlStatus: control.status,
        hipaa: control.hipaa.join(", "),
        chosen,
        risk: what,
        mitigation,
        likelihood: rating.likelihood,
        impact: rating.impact,
        level: riskLevel(rating),
        because: rating.because,
        owner,
        ...accepted(acceptance),
        treatment: "",
        responsible: "",
        dueDate: "",
      };
    }),
  );
}

/** Whether a risk is accepted, as columns of a sheet. */
export function accepted(
  acceptance: RiskAcceptance | undefined,
): Readonly<Record<"accepted" | "acceptance" | "acceptedUntil", string>> {
  return {
    accepted: acceptance?.holds === true ? "yes" : "no",
    acceptance: acceptance?.found ?? "",
    acceptedUntil: (acceptance?.holds === true ? acceptance.until?.slice(0, 10) : undefined) ?? "",
  };
}
