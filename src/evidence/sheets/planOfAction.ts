import type { Assessment } from "../assess";
import { openItems } from "../openItems";
import { accepted } from "./riskRegister";
import { sheet, type Sheet } from "./sheet";

const columns = [
  "id",
  "kind",
  "control",
  "title",
  "hipaa",
  "owner",
  "what",
  "knownFrom",
  "since",
  "closes",
  "accepted",
  "acceptance",
  "acceptedUntil",
  "responsible",
  "dueDate",
  "milestones",
  "closedOn",
] as const;

/**
 * Everything that is open, with what closes it: who does so until when, the organisation fills in (a plan of action and milestones). What was accepted stays in it,
 * as accepted.
 */
export function planOfAction(assessment: Pick<Assessment, "controls" | "deviations" | "acceptances">): Sheet {
  return sheet(
    "plan-of-action",
    columns,
    openItems(assessment).map(({ id, kind, control, title, hipaa, owner, what, from, closes, since, acceptance }) => ({
      id,
      kind,
      control,
      title,
      hipaa: hipaa.join(", "),
      owner,
      what,
      knownFrom: from,
      since: since?.slice(0, 10) ?? "",
      closes,
      ...accepted(acceptance),
      responsible: "",
      dueDate: "",
      milestones: "",
      closedOn: "",
    })),
  );
}
