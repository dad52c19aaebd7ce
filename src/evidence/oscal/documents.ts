import type { Assessment } from "../assess";
import { actionPlan } from "./actionPlan";
import { assessmentResults } from "./assessmentResults";
import type { ReportFile } from "./backMatter";
import { libraryOscal } from "./componentDefinition";
import { idsOf } from "./deployment";
import { oscalFiles } from "./form";
import { profile } from "./profile";
import { securityPlan } from "./securityPlan";

/** What the documents may go by besides the assessment. */
export interface OscalOptions {
  /** When they were made; by default now. */
  readonly date?: Date;
  /** Files of the report beside them, whose digests go into the back matter; none by default. */
  readonly files?: readonly ReportFile[];
  /**
   * Where your organisation's profile is, which the fragment of a system security plan is for: a URL, a path, or compliance-trestle's
   * `trestle://profiles/<name>/profile.json`.
   *
   * @default "oscal-profile.json", which selects the controls that the cache has a part in.
   */
  readonly oscalProfile?: string;
}

/**
 * The same report as OSCAL documents (pages.nist.gov/OSCAL), for compliance tools: the library's component definition, a profile of the
 * controls of NIST SP 800-53 that it has a part in, a fragment of a system security plan, assessment results with what the records of
 * `verify` that count have seen, and a plan of action and milestones with everything that is open. Ids are the same whenever they are made.
 *
 * @returns Each document, by the name of the file that the others know it by.
 */
export function evidenceOscal(
  assessment: Assessment,
  options: OscalOptions = {},
): Readonly<Record<(typeof oscalFiles)[keyof typeof oscalFiles], object>> {
  const { date = new Date(), files = [], oscalProfile = oscalFiles.profile } = options;
  const id = idsOf(assessment);
  return {
    [oscalFiles.componentDefinition]: libraryOscal({ date }),
    [oscalFiles.profile]: profile(assessment, date, id),
    [oscalFiles.securityPlan]: securityPlan(assessment, { files, date, id, profile: oscalProfile }),
    [oscalFiles.assessmentResults]: assessmentResults(assessment, files, date, id),
    [oscalFiles.actionPlan]: actionPlan(assessment, files, date, id),
  };
}
