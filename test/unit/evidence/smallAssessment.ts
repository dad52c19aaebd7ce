import { assess, type AssessedControl, type Assessment } from "../../../src/evidence/assess.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { sampleEvidence } from "../../support/sample.js";

const nothing = { hipaa: [], article: [], nist: [], proposed: [] };

/** A control of each status, with a check of each kind among them: few words, so that a whole report can be read. */
export const smallControls: readonly AssessedControl[] = [
  {
    id: "first",
    title: "First",
    status: "met",
    owners: ["component", "AWS"],
    hipaa: ["164.312(b)", "164.312(d)"],
    article: ["network"],
    nist: ["AC-2", "AC-3"],
    proposed: ["proposed 164.312(i)"],
    demand: "Be first.",
    how: ["It is `first`.", "And <second>."],
    checks: [
      { by: "host", hosts: ["cache"], shows: "it is", command: "cat a|b", expect: { prints: "^a|b$" } },
      {
        by: "host",
        hosts: ["cache", "client"],
        shows: "it fails",
        command: "false",
        expect: { fails: true },
      },
      { by: "aws", shows: "AWS has none", command: "aws none", expect: { printsNothing: true } },
    ],
    risk: { remains: "First remains.", mitigation: "First helps." },
  },
  {
    ...nothing,
    id: "second",
    title: "Second",
    status: "weakened",
    owners: ["component", "organisation"],
    demand: "Be strong.",
    how: ["It is weak."],
    checks: [{ by: "person", shows: "somebody looks" }],
    risk: { remains: "Second remains.", mitigation: "Second helps." },
  },
  {
    ...nothing,
    id: "third",
    title: "Third",
    status: "not applicable",
    owners: ["AWS"],
    nist: ["SC-7(5)"],
    demand: "Be.",
    how: ["It need not."],
    checks: [],
    risk: { remains: "Third remains.", mitigation: "Third helps." },
  },
  ...["fourth", "fifth"].map((id): AssessedControl => ({
    ...nothing,
    id,
    title: `The ${id}`,
    status: "organisation",
    owners: ["organisation"],
    demand: `Do the ${id}.`,
    how: ["Do it."],
    checks: [],
    risk: { remains: `The ${id} remains.`, mitigation: `The ${id} helps.` },
  })),
];

/** An assessment of the sample that is short enough to be compared in full. */
export function smallAssessment(change: Partial<CacheArguments> = {}): Assessment {
  const whole = assess(sampleEvidence(change));
  return {
    ...whole,
    controls: smallControls,
    hipaa: [{ id: "164.312(b)", title: "Audit", from: "standard", status: "met", controls: ["first", "second"] }],
    article: [{ id: "network", title: "Lists", from: "The Network", status: "weakened", controls: ["second"] }],
    proposed: [
      { id: "proposed 164.312(i)", title: "Backup", from: "90 FR 898", status: "not applicable", controls: ["third"] },
      {
        id: "proposed 164.312(f)",
        title: "Factors",
        from: "90 FR 898",
        status: "organisation",
        controls: ["fourth", "fifth"],
      },
    ],
    assets: [{ kind: "node", name: "sessions-0", identifier: "i-1", where: "10.0.0.100" }],
  };
}
