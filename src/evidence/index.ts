export {
  assess,
  type AssessedControl,
  type AssessedRequirement,
  type Assessment,
  type Status,
} from "./assess";
export type { AwsCheck, Check, Expectation, HostCheck, PersonCheck } from "./check";
export type { Owner, Risk } from "./control";
export type { Deviation } from "./deviations";
export type { Deployed, DeployedCertificate, DeployedNode, Evidence } from "./evidence";
export type { Asset } from "./inventory";
export { evidenceNetworkMap } from "./networkMap";
export { evidenceOscal } from "./oscal";
export type { ReportOptions } from "./report/contents";
export type { VerificationSummary } from "./report/verificationSummary";
export { evidenceHtml } from "./report/html";
export { evidenceMarkdown } from "./report/markdown";
export { writeEvidence } from "./write";
