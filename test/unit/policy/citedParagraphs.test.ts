import assert from "node:assert/strict";
import { paragraphOf, type ParagraphId } from "../../../src/evidence/regulation.js";
import { rules } from "../../../src/policy/rules.js";

/** What an administrative paragraph asks for, in the rule's own words, and which rules are about that. */
const about: Partial<Record<ParagraphId, readonly [words: string, rules: RegExp]>> = {
  "164.306(a)(1)": ["ensure the confidentiality, integrity, and availability", /^ec2-ebs-optimized/],
  "164.308(a)(1)(ii)(D)": ["regularly review records of information system activity, such as audit logs", /flow-logs/],
  "164.308(a)(3)(i)": ["ensure that all members of its workforce have appropriate access", /^iam-.*(full|admin|kms)/],
  "164.308(a)(4)(i)": [
    "authorizing access to electronic protected health information",
    /^(iam|cache|component)-|^ebs-snapshots-not-public/,
  ],
  "164.308(a)(4)(ii)(B)": [
    "granting access …, for example, through access to a workstation, transaction, program, process",
    /^iam-.*(full|admin|kms)|^ec2-instance-profile/,
  ],
  "164.308(a)(4)(ii)(C)": [
    "establish, document, review, and modify a user's right of access",
    /^iam-(user|group|no-inline)/,
  ],
  "164.308(a)(5)(ii)(D)": ["creating, changing, and safeguarding passwords", /secret/],
  "164.308(a)(7)(i)": ["responding to an emergency or other occurrence", /backup/],
  "164.308(a)(7)(ii)(A)": ["create and maintain retrievable exact copies", /backup/],
  "164.308(a)(7)(ii)(B)": ["restore any loss of data", /backup/],
};

describe("the paragraphs that policies cite", () => {
  const cited = rules.flatMap(({ name, hipaa }) => hipaa.map((id) => [name, id] as const));

  it("are of 164.312, or say what the rule is about", () => {
    for (const [name, id] of cited) {
      if (id.startsWith("164.312")) continue;
      const [words, names] = about[id] ?? [];
      assert.ok(
        names?.test(name),
        `${name} cites ${id}, ${paragraphOf(id).title}: ${words ?? "no rule is about that"}`,
      );
    }
  });

  it("are none about procedures for people, whom no resource is: supervision, clearance and termination", () => {
    assert.deepEqual(
      cited.filter(([, id]) => id.startsWith("164.308(a)(3)(ii)")),
      [],
    );
  });

  it("are cited by some rule, each of them", () => {
    for (const id of Object.keys(about))
      assert.ok(
        cited.some(([, one]) => one === id),
        id,
      );
  });
});
