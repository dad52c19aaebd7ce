import type { ParagraphId } from "./regulation";

/** A safeguard that is the organisation's, or AWS's, and touches this cache all the same. */
export interface OtherSafeguard {
  /** In a word or two. */
  readonly name: string;
  readonly paragraphs: readonly [ParagraphId, ...ParagraphId[]];
  /** What the organisation has to do. */
  readonly organisation: string;
  /** What the cache contributes. */
  readonly cache: string;
  /** What shows it: a control's id in backticks is one of this report. */
  readonly evidence: string;
}

/** The administrative and physical safeguards, and the rules on contracts and documents, that touch a cache, in the CFR's order. */
export const otherSafeguards: readonly OtherSafeguard[] = [
  {
    name: "Contract with AWS",
    paragraphs: ["164.308(b)(1)", "164.308(b)(3)", "164.314(a)(1)"],
    organisation:
      "A precondition: accept AWS's business associate agreement before PHI is in the cache; keep its date.",
    cache: "Uses few of AWS's services: EC2 and EBS, KMS, Secrets Manager, CloudWatch Logs.",
    evidence: "The attestation of `business-associate-agreement`, which names the date.",
  },
  {
    name: "Risk analysis",
    paragraphs: ["164.308(a)(1)(ii)(A)"],
    organisation: "Analyse the risks of the whole system, the cache among them.",
    cache: "Names what can still go wrong for each control, every kind of traffic, and an inventory.",
    evidence: "Network and Controls, in this report; Assets, in its annex.",
  },
  {
    name: "Risk management",
    paragraphs: ["164.308(a)(1)(ii)(B)"],
    organisation: "Decide what risk is acceptable, and do something about the rest.",
    cache: "Its safeguards are on by default; what weakens one is a deviation. Security updates install themselves.",
    evidence: "Deviations, in this report, signed; `security-updates`.",
  },
  {
    name: "Activity review",
    paragraphs: ["164.308(a)(1)(ii)(D)"],
    organisation: "Review the logs on a schedule, and decide how long they are kept.",
    cache: "Records connections, refusals, and what operators do.",
    evidence: "`connection-log` and `operator-audit`; the organisation's own notes of each review.",
  },
  {
    name: "Termination of access",
    paragraphs: ["164.308(a)(3)(ii)(C)"],
    organisation: "End the access of whoever leaves: take the name off the list and run `pulumi up`.",
    cache: "An operator's account goes with the node, which is replaced. A client is locked out when its name is gone.",
    evidence: "`operators` and `mutual-authentication` compare the hosts with the lists.",
  },
  {
    name: "Access authorisation",
    paragraphs: ["164.308(a)(4)(i)", "164.308(a)(4)(ii)(B)", "164.308(a)(4)(ii)(C)"],
    organisation: "Authorise each operator and each client, and review both lists.",
    cache: "Who may do what is in the program, under version control, and nobody else may.",
    evidence: "The lists in this report's summary; the review of the change that named them; `operators`.",
  },
  {
    name: "Malicious software",
    paragraphs: ["164.308(a)(5)(ii)(B)"],
    organisation: "Decide whether hosts need a scanner for malicious software.",
    cache: "Signed packages from Debian alone; services that can't run what they write.",
    evidence: "`malicious-software`, `sandbox` and `configuration-drift`.",
  },
  {
    name: "Log-in monitoring",
    paragraphs: ["164.308(a)(5)(ii)(C)"],
    organisation: "Watch attempts to sign in, and report what is odd.",
    cache: "Says in its journals that a key, a certificate or a password was refused.",
    evidence: "`operator-audit`, `connection-log` and `log-in-attempts`.",
  },
  {
    name: "Incidents",
    paragraphs: ["164.308(a)(6)(i)", "164.308(a)(6)(ii)"],
    organisation: "Have a procedure for incidents; respond, limit the harm, and write down what happened.",
    cache: "New keys and passwords without a gap, and a node made anew (docs/rotation.md); hosts raise alarms.",
    evidence: "The record of `pulumi-hipaa-redis verify` before and after; the organisation's notes.",
  },
  {
    name: "Contingency",
    paragraphs: [
      "164.308(a)(7)(i)",
      "164.308(a)(7)(ii)(A)",
      "164.308(a)(7)(ii)(B)",
      "164.308(a)(7)(ii)(C)",
      "164.308(a)(7)(ii)(D)",
      "164.308(a)(7)(ii)(E)",
    ],
    organisation: "Back up the system of record; plan for a cache that is away or empty, and try it.",
    cache: "Holds copies only, which can be made again; a node is made again from the program.",
    evidence: "`contingency-plan`, `backup` and `emergency-access`.",
  },
  {
    name: "Evaluation",
    paragraphs: ["164.308(a)(8)"],
    organisation: "Evaluate from time to time and after changes, also what is not technical.",
    cache: "A report of each deployment, and checks of what runs.",
    evidence: "Verification, in this report; `evaluation` and `configuration-drift`.",
  },
  {
    name: "Facility",
    paragraphs: ["164.310(a)(1)"],
    organisation: "Inherited from AWS, whose data centres they are; protect your own offices.",
    cache: "Is in AWS's data centres alone.",
    evidence: "AWS's audit reports in AWS Artifact; `dedicated-tenancy`.",
  },
  {
    name: "Workstations",
    paragraphs: ["164.310(b)", "164.310(c)"],
    organisation: "Say how workstations of operators may be used, and protect them.",
    cache: "Ends idle sessions; without operators nobody signs in.",
    evidence: "`automatic-logoff`; the organisation's rules.",
  },
  {
    name: "Media",
    paragraphs: ["164.310(d)(1)", "164.310(d)(2)(i)", "164.310(d)(2)(ii)"],
    organisation: "Inherited from AWS, which wipes and destroys its media.",
    cache: "Stores nothing; the volumes are encrypted, and deleted with the node.",
    evidence: "`nothing-on-disk` and `encrypted-volumes`; AWS's audit reports.",
  },
  {
    name: "Documentation",
    paragraphs: ["164.316(b)(1)", "164.316(b)(2)(i)", "164.316(b)(2)(ii)", "164.316(b)(2)(iii)"],
    organisation: "Keep this report and the records six years, where those who need them find them; renew them.",
    cache: "Writes them anew for each deployment. Logs are not these documents: their retention is decided apart.",
    evidence: "`documentation`; the signed reports.",
  },
];
