import {
  assess,
  type AssessedControl,
  type AssessedRequirement,
  type Assessment,
  type AssessOptions,
} from "../../../src/evidence/assess.js";
import { coverage } from "../../../src/evidence/coverage.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { CountedRecord } from "../../../src/evidence/verified.js";
import { seenOf } from "../../../src/evidence/verified.js";
import { statusOf, worstOf } from "../../../src/evidence/status.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { sampleEvidence } from "../../support/sample.js";

const nothing = { hipaa: [], article: [], nist: [], proposed: [] };

type PlannedControl = Omit<AssessedControl, "seen" | "status" | "missing">;

/** A control of each designed status, with a check of each kind among them: few words, so that a whole report can be read. */
const planned: readonly PlannedControl[] = [
  {
    id: "first",
    title: "First",
    designed: "met",
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
    designed: "weakened",
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
    designed: "not applicable",
    owners: ["AWS"],
    nist: ["SC-7(5)"],
    demand: "Be.",
    how: ["It need not."],
    checks: [],
    risk: { remains: "Third remains.", mitigation: "Third helps." },
  },
  ...["fourth", "fifth"].map((id): PlannedControl => ({
    ...nothing,
    id,
    title: `The ${id}`,
    designed: "organisation",
    owners: ["organisation"],
    demand: `Do the ${id}.`,
    how: ["Do it."],
    checks: [],
    risk: { remains: `The ${id} remains.`, mitigation: `The ${id} helps.` },
  })),
];

const now = new Date("2026-11-22T01:02:03Z");

function controlsSeen(evidence: Evidence, records: readonly CountedRecord[]): AssessedControl[] {
  return planned.map((control) => {
    const seen = seenOf(control, evidence, records, { now });
    return { ...control, seen, ...statusOf(control.designed, seen) };
  });
}

/** Nobody has looked at them. */
export const smallControls = controlsSeen(sampleEvidence(), []);

/** An assessment of the sample that is short enough to be compared in full. */
export function smallAssessment(change: Partial<CacheArguments> = {}, options: AssessOptions = {}): Assessment {
  const evidence = sampleEvidence(change);
  const whole = assess(evidence, options);
  const controls = controlsSeen(evidence, whole.records.counted);
  const requirement = (id: string, title: string, from: string, ...answering: string[]): AssessedRequirement => {
    return { id, title, from, ...worstOf(controls.filter((one) => answering.includes(one.id))), controls: answering };
  };
  return {
    ...whole,
    controls,
    coverage: coverage(evidence, controls, whole.coverage.hosts),
    hipaa: [requirement("164.312(b)", "Audit", "standard", "first", "fourth")],
    article: [requirement("network", "Lists", "The Network", "second")],
    proposed: [
      requirement("proposed 164.312(i)", "Backup", "90 FR 898", "third"),
      requirement("proposed 164.312(f)", "Factors", "90 FR 898", "fourth", "fifth"),
    ],
    assets: [{ kind: "node", name: "sessions-0", identifier: "i-1", where: "10.0.0.100" }],
  };
}
