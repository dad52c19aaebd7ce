/** A paragraph of 45 CFR that something of this library cites. */
export interface Paragraph {
  /** As it is cited, behind "45 CFR ". */
  readonly id: string;
  readonly title: string;
  /**
   * A general rule, a standard, or an implementation specification of one, which 164.306(d) calls required or addressable. Of the
   * three, the last alone may be met in another way.
   */
  readonly kind: "rule" | "standard" | "Required" | "Addressable";
}

/** The one list of the law in force: whatever cites a paragraph names it by its id here, so a wrong one does not compile. */
export const paragraphs = [
  { id: "160.414", title: "Limitation", kind: "rule" },
  { id: "164.306(a)(1)", title: "General requirements: confidentiality, integrity, and availability", kind: "rule" },
  { id: "164.306(c)", title: "Standards", kind: "rule" },
  { id: "164.306(d)", title: "Implementation specifications", kind: "rule" },
  { id: "164.306(d)(3)", title: "Implementation specifications: addressable", kind: "rule" },
  { id: "164.308(a)(1)(i)", title: "Security management process", kind: "standard" },
  { id: "164.308(a)(1)(ii)(A)", title: "Risk analysis", kind: "Required" },
  { id: "164.308(a)(1)(ii)(B)", title: "Risk management", kind: "Required" },
  { id: "164.308(a)(1)(ii)(C)", title: "Sanction policy", kind: "Required" },
  { id: "164.308(a)(1)(ii)(D)", title: "Information system activity review", kind: "Required" },
  { id: "164.308(a)(2)", title: "Assigned security responsibility", kind: "standard" },
  { id: "164.308(a)(3)(i)", title: "Workforce security", kind: "standard" },
  { id: "164.308(a)(3)(ii)(A)", title: "Authorization and/or supervision", kind: "Addressable" },
  { id: "164.308(a)(3)(ii)(B)", title: "Workforce clearance procedure", kind: "Addressable" },
  { id: "164.308(a)(3)(ii)(C)", title: "Termination procedures", kind: "Addressable" },
  { id: "164.308(a)(4)(i)", title: "Information access management", kind: "standard" },
  { id: "164.308(a)(4)(ii)(A)", title: "Isolating health care clearinghouse functions", kind: "Required" },
  { id: "164.308(a)(4)(ii)(B)", title: "Access authorization", kind: "Addressable" },
  { id: "164.308(a)(4)(ii)(C)", title: "Access establishment and modification", kind: "Addressable" },
  { id: "164.308(a)(5)(i)", title: "Security awareness and training", kind: "standard" },
  { id: "164.308(a)(5)(ii)(A)", title: "Security reminders", kind: "Addressable" },
  { id: "164.308(a)(5)(ii)(B)", title: "Protection from malicious software", kind: "Addressable" },
  { id: "164.308(a)(5)(ii)(C)", title: "Log-in monitoring", kind: "Addressable" },
  { id: "164.308(a)(5)(ii)(D)", title: "Password management", kind: "Addressable" },
  { id: "164.308(a)(6)(i)", title: "Security incident procedures", kind: "standard" },
  { id: "164.308(a)(6)(ii)", title: "Response and reporting", kind: "Required" },
  { id: "164.308(a)(7)(i)", title: "Contingency plan", kind: "standard" },
  { id: "164.308(a)(7)(ii)(A)", title: "Data backup plan", kind: "Required" },
  { id: "164.308(a)(7)(ii)(B)", title: "Disaster recovery plan", kind: "Required" },
  { id: "164.308(a)(7)(ii)(C)", title: "Emergency mode operation plan", kind: "Required" },
  { id: "164.308(a)(7)(ii)(D)", title: "Testing and revision procedures", kind: "Addressable" },
  { id: "164.308(a)(7)(ii)(E)", title: "Applications and data criticality analysis", kind: "Addressable" },
  { id: "164.308(a)(8)", title: "Evaluation", kind: "standard" },
  { id: "164.308(b)(1)", title: "Business associate contracts and other arrangements", kind: "standard" },
  { id: "164.308(b)(3)", title: "Written contract or other arrangement", kind: "Required" },
  { id: "164.310(a)(1)", title: "Facility access controls", kind: "standard" },
  { id: "164.310(a)(2)(i)", title: "Contingency operations", kind: "Addressable" },
  { id: "164.310(a)(2)(ii)", title: "Facility security plan", kind: "Addressable" },
  { id: "164.310(a)(2)(iii)", title: "Access control and validation procedures", kind: "Addressable" },
  { id: "164.310(a)(2)(iv)", title: "Maintenance records", kind: "Addressable" },
  { id: "164.310(b)", title: "Workstation use", kind: "standard" },
  { id: "164.310(c)", title: "Workstation security", kind: "standard" },
  { id: "164.310(d)(1)", title: "Device and media controls", kind: "standard" },
  { id: "164.310(d)(2)(i)", title: "Disposal", kind: "Required" },
  { id: "164.310(d)(2)(ii)", title: "Media re-use", kind: "Required" },
  { id: "164.310(d)(2)(iii)", title: "Accountability", kind: "Addressable" },
  { id: "164.310(d)(2)(iv)", title: "Data backup and storage", kind: "Addressable" },
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
  { id: "164.314(a)(1)", title: "Business associate contracts or other arrangements", kind: "standard" },
  { id: "164.316(a)", title: "Policies and procedures", kind: "standard" },
  { id: "164.316(b)(1)", title: "Documentation", kind: "standard" },
  { id: "164.316(b)(2)(i)", title: "Time limit", kind: "Required" },
  { id: "164.316(b)(2)(ii)", title: "Availability", kind: "Required" },
  { id: "164.316(b)(2)(iii)", title: "Updates", kind: "Required" },
  { id: "164.402", title: "Definitions", kind: "rule" },
  { id: "164.514(b)(2)", title: "Requirements for de-identification of protected health information", kind: "rule" },
] as const satisfies readonly Paragraph[];

type Listed = (typeof paragraphs)[number];

/** The id of a paragraph in force. */
export type ParagraphId = Listed["id"];

/** The id of a specification that may be met by a documented alternative: 164.306(d)(3). */
export type AddressableId = Extract<Listed, { kind: "Addressable" }>["id"];

/** Where each section is from: the Federal Register, as eCFR names it. */
export const sources = {
  "160.414": "45 CFR Part 160, Subpart D",
  "164.306": "68 FR 8376, Feb. 20, 2003; 68 FR 17153, Apr. 8, 2003; 78 FR 5693, Jan. 25, 2013",
  "164.308": "68 FR 8376, Feb. 20, 2003, as amended at 78 FR 5694, Jan. 25, 2013",
  "164.310": "68 FR 8376, Feb. 20, 2003, as amended at 78 FR 5694, Jan. 25, 2013",
  "164.312": "68 FR 8376, Feb. 20, 2003, as amended at 78 FR 5694, Jan. 25, 2013",
  "164.314": "68 FR 8376, Feb. 20, 2003, as amended at 78 FR 5694, Jan. 25, 2013",
  "164.316": "68 FR 8376, Feb. 20, 2003, as amended at 78 FR 5695, Jan. 25, 2013",
  "164.402": "78 FR 5695, Jan. 25, 2013",
  "164.514": "45 CFR Part 164, Subpart E",
} as const;

/** The paragraph itself. */
export function paragraphOf(id: ParagraphId): Paragraph {
  const found = paragraphs.find((one) => one.id === id);
  if (found === undefined) throw new Error(`45 CFR ${id} is not in the list of paragraphs.`);
  return found;
}
