/** A paragraph of 45 CFR 164.312, the Security Rule's technical safeguards. */
export interface HipaaParagraph {
  /** As it is cited, behind "45 CFR ". */
  readonly id: string;
  readonly title: string;
  /** A standard, or an implementation specification of one, which 164.306(d) calls required or addressable. */
  readonly kind: "standard" | "Required" | "Addressable";
}

/** Every paragraph of 45 CFR 164.312, in the CFR's order. */
export const hipaaParagraphs = [
  { id: "164.312(a)(1)", title: "Access control", kind: "standard" },
  { id: "164.312(a)(2)(i)", title: "Unique user identification", kind: "Required" },
  { id: "164.312(a)(2)(ii)", title: "Emergency access procedure", kind: "Required" },
  { id: "164.312(a)(2)(iii)", title: "Automatic logoff", kind: "Addressable" },
  { id: "164.312(a)(2)(iv)", title: "Encryption and decryption", kind: "Addressable" },
  { id: "164.312(b)", title: "Audit controls", kind: "standard" },
  { id: "164.312(c)(1)", title: "Integrity", kind: "standard" },
  {
    id: "164.312(c)(2)",
    title: "Mechanism to authenticate electronic protected health information",
    kind: "Addressable",
  },
  { id: "164.312(d)", title: "Person or entity authentication", kind: "standard" },
  { id: "164.312(e)(1)", title: "Transmission security", kind: "standard" },
  { id: "164.312(e)(2)(i)", title: "Integrity controls", kind: "Addressable" },
  { id: "164.312(e)(2)(ii)", title: "Encryption", kind: "Addressable" },
] as const satisfies readonly HipaaParagraph[];

export type HipaaParagraphId = (typeof hipaaParagraphs)[number]["id"];

/** A demand of the article, with the section that makes it. */
export interface ArticleRequirement {
  readonly id: string;
  readonly title: string;
  readonly section: string;
}

const demands = "Here's what we require";
const exempt = "We don't need to account for the following";

/** Everything that "HIPAA, PHI, and Caching" (2016) demands or says need not be done, in its order. */
export const articleRequirements = [
  { id: "environment", title: "Secure the environment", section: demands },
  { id: "access", title: "Tightly control access", section: demands },
  { id: "in-flight", title: "Encrypt in flight", section: demands },
  { id: "at-rest", title: "Encrypt at rest", section: demands },
  { id: "live-configuration", title: "Disable live configuration", section: demands },
  { id: "documentation", title: "Document our decisions", section: demands },
  { id: "user-credentials", title: "Separate credentials for each user of the cache", section: exempt },
  { id: "integrity", title: "Ensuring integrity", section: exempt },
  { id: "auditing", title: "Auditing at the level of the cache", section: exempt },
  { id: "network", title: "Access control list and security group", section: "The Network" },
  { id: "persons", title: "Each person signs in with their own credentials", section: "The Network" },
  { id: "commands", title: "Commands that cause insecurities", section: "Redis Configuration (Server)" },
  { id: "certificates", title: "An x509 certificate that expires", section: "Certificate Generation" },
  {
    id: "wall",
    title: "A wall between the application and the credentials",
    section: "Manual Client Configuration",
  },
  { id: "patches", title: "Security patches kept current", section: "How Secure is it?" },
  { id: "sign-in", title: "Few people with an account on the host", section: "How Secure is it?" },
  { id: "application", title: "A secure application", section: "How Secure is it?" },
  { id: "environments", title: "Test and production alike", section: "What are the Trade-offs?" },
] as const satisfies readonly ArticleRequirement[];

export type ArticleRequirementId = (typeof articleRequirements)[number]["id"];

/**
 * Where the Security Rule that was proposed on January 6, 2025 (90 FR 898) asks more of a system such as this one than the
 * rule in force does. It is a proposal: paragraphs are numbered as it numbers them. Those of 164.308(a)(1), 164.312(a) and (h)
 * were compared with quotations of its text; (b), (c), (d), (f) and (i) are numbered by what others say of it.
 */
export const proposedRequirements = [
  { id: "164.308(a)(1)", title: "Technology asset inventory, with a network map" },
  { id: "164.312(a)(2)(i)", title: "Unique identification of users and technology assets" },
  { id: "164.312(a)(2)(ii)", title: "Administrative and increased access privileges" },
  { id: "164.312(a)(2)(v)", title: "Log-in attempts: access suspended after unsuccessful ones" },
  { id: "164.312(a)(2)(vi)", title: "Network segmentation" },
  { id: "164.312(a)(2)(vii)", title: "Data controls: access only for those who were granted it" },
  { id: "164.312(a)(2)(viii)", title: "Maintenance: effectiveness tested once a year" },
  { id: "164.312(b)", title: "Encryption, at rest and in transit, required" },
  { id: "164.312(c)", title: "Configuration management: extraneous software removed, ports disabled" },
  { id: "164.312(d)", title: "Audit trail and system log controls" },
  { id: "164.312(f)", title: "Authentication, with multiple factors" },
  { id: "164.312(h)", title: "Vulnerability management: scans, penetration tests, patches" },
  { id: "164.312(i)", title: "Data backup and recovery" },
] as const satisfies readonly { readonly id: string; readonly title: string }[];

export type ProposedRequirementId = (typeof proposedRequirements)[number]["id"];
