/** A paragraph of the rule proposed in 2025. */
export interface ProposedParagraph {
  /** As it is cited. Its numbers are not those in force, so each says that it is proposed. */
  readonly id: `proposed 164.3${string}`;
  /** What it asks of a system such as this one. */
  readonly title: string;
  /**
   * Whether words of the paragraph were read, in a quotation with its number; of the others the number is from what others say
   * of the rule.
   */
  readonly quoted: boolean;
}

/** What the proposal is, and what has become of it. */
export const proposedRule = {
  citation: "90 FR 898",
  published: "2025-01-06",
  status:
    "As of October 2026 it is not final: the Unified Agenda (RIN 0945-AA22) has it under Long-Term Actions, with final action planned for July 2027.",
} as const;

/**
 * Where the Security Rule that was proposed on January 6, 2025 asks more of a system such as this one than the rule in force
 * does, numbered as the proposal numbers it. It would take away the word "addressable". Paragraphs called "Maintenance", which
 * have the standard's measures reviewed and tested each year, are in the list once, as that of access control.
 */
export const proposedRequirements = [
  { id: "proposed 164.308(a)(1)", title: "Technology asset inventory, with a network map", quoted: true },
  { id: "proposed 164.308(a)(1)(ii)(A)", title: "Inventory, in writing", quoted: false },
  { id: "proposed 164.308(a)(1)(ii)(B)", title: "Network map of where PHI goes", quoted: false },
  { id: "proposed 164.308(a)(1)(ii)(C)", title: "Both renewed every 12 months and after a change", quoted: false },
  {
    id: "proposed 164.308(a)(4)",
    title: "Patch management: a critical risk within 15 calendar days, a high one within 30",
    quoted: false,
  },
  { id: "proposed 164.308(a)(13)", title: "Contingency plan: what is critical restored within 72 hours", quoted: true },
  { id: "proposed 164.308(a)(14)", title: "Compliance audit every 12 months", quoted: true },
  {
    id: "proposed 164.308(b)(2)(ii)",
    title: "Written verification of a business associate's safeguards every 12 months",
    quoted: false,
  },
  { id: "proposed 164.312(a)(2)(i)", title: "Unique identification of users and technology assets", quoted: true },
  { id: "proposed 164.312(a)(2)(ii)", title: "Administrative and increased access privileges", quoted: true },
  { id: "proposed 164.312(a)(2)(iii)", title: "Emergency access procedure", quoted: true },
  { id: "proposed 164.312(a)(2)(iv)", title: "Automatic logoff", quoted: true },
  { id: "proposed 164.312(a)(2)(v)", title: "Log-in attempts: access suspended after unsuccessful ones", quoted: true },
  { id: "proposed 164.312(a)(2)(vi)", title: "Network segmentation", quoted: true },
  {
    id: "proposed 164.312(a)(2)(vii)",
    title: "Data controls: access only for those who were granted it",
    quoted: true,
  },
  { id: "proposed 164.312(a)(2)(viii)", title: "Maintenance: effectiveness tested once a year", quoted: true },
  { id: "proposed 164.312(b)", title: "Encryption and decryption, at rest and in transit, required", quoted: true },
  { id: "proposed 164.312(c)", title: "Configuration management", quoted: false },
  { id: "proposed 164.312(c)(2)(i)", title: "Anti-malware protection", quoted: false },
  { id: "proposed 164.312(c)(2)(ii)", title: "Extraneous software removed", quoted: false },
  { id: "proposed 164.312(c)(2)(iii)", title: "Operating system and software configured and secured", quoted: true },
  { id: "proposed 164.312(c)(2)(iv)", title: "Network ports disabled", quoted: true },
  { id: "proposed 164.312(d)", title: "Audit trail and system log controls", quoted: false },
  { id: "proposed 164.312(e)", title: "Integrity", quoted: false },
  { id: "proposed 164.312(f)", title: "Authentication", quoted: false },
  { id: "proposed 164.312(f)(2)(ii)", title: "Multi-factor authentication", quoted: true },
  { id: "proposed 164.312(g)", title: "Transmission security", quoted: false },
  { id: "proposed 164.312(h)", title: "Vulnerability management", quoted: true },
  { id: "proposed 164.312(h)(2)(i)", title: "Vulnerability scans every six months", quoted: true },
  { id: "proposed 164.312(h)(2)(ii)", title: "Known vulnerabilities watched", quoted: false },
  { id: "proposed 164.312(h)(2)(iii)", title: "Penetration tests every 12 months", quoted: true },
  { id: "proposed 164.312(h)(2)(iv)", title: "Patches and updates installed", quoted: false },
  { id: "proposed 164.312(i)", title: "Data backup and recovery", quoted: false },
  { id: "proposed 164.312(j)", title: "Information systems backup and recovery", quoted: false },
] as const satisfies readonly ProposedParagraph[];

/** The id of a paragraph of the proposed rule. */
export type ProposedId = (typeof proposedRequirements)[number]["id"];
