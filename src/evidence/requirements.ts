import { paragraphs, type Paragraph } from "./regulation";

/** Every paragraph of 45 CFR 164.312, the Security Rule's technical safeguards, in the CFR's order. */
export const technicalSafeguards: readonly Paragraph[] = paragraphs.filter(({ id }) => id.startsWith("164.312("));

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
