import type { Assessment } from "../assess";
import { actionPlan } from "./actionPlan";
import { assessmentResults } from "./assessmentResults";
import type { ReportFile } from "./backMatter";
import { libraryOscal } from "./componentDefinition";
import { idsOf } from "./deployment";
import { oscalFiles } from "./form";
import { profile } from "./profile";
import { securityPlan } from "./securityPlan";

/** What OSCAL documents may go by besides the assessment. */
export interface OscalOptions {
  /**
   * When they were made.
   *
   * @default now
   */
  readonly date?: Date;
  /**
   * Files of the report beside them, whose digests go into the back matter.
   *
   * @default none
   */
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
 * The file of an OSCAL document, which others know it by: the library's component definition, a profile of the controls of NIST SP 800-53
 * that the cache has a part in, a fragment of a system security plan, what the records of `verify` that count have seen, and everything that is open.
 */
export type OscalFile =
  | "oscal-component-definition.json"
  | "oscal-profile.json"
  | "oscal-ssp.json"
  | "oscal-assessment-results.json"
  | "oscal-poam.json";

/**
 * The same report as OSCAL documents (pages.nist.gov/OSCAL), for compliance tools, with HIPAA's paragraphs as properties. Their ids are
 * the same whenever they are made.
 *
 * @returns Each document by its file, to be written as JSON.
 */
export function evidenceOscal(assessment: Assessment, options: OscalOptions = {}): Readonly<Record<OscalFile, object>> {
  const { date = new Date(), files = [], oscalProfile = oscalFiles.profile } = options;
  const id = idsOf(assessment);
  return {
    "oscal-component-definition.json": libraryOscal({ date }),
    [oscalFiles.profile]: profile(assessment, date, id),
    [oscalFiles.securityPlan]: securityPlan(assessment, { files, date, id, profile: oscalProfile }),
    "oscal-assessment-results.json": assessmentResults(assessment, files, date, id),
    "oscal-poam.json": actionPlan(assessment, files, date, id),
  };
}
