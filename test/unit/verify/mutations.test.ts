import assert from "node:assert/strict";
import { controls } from "../../../src/evidence/controls/index.js";
import { assess } from "../../../src/evidence/assess.js";
import { rules } from "../../../src/policy/rules.js";
import type { Attestation } from "../../../src/verify/attestations.js";
import { targetChecks, verification } from "../../../src/verify/verification.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { awsMutations } from "../../mutations/awsMutations.js";
import { controlOf } from "../../mutations/checkName.js";
import { hostMutations } from "../../mutations/hostMutations.js";
import { replicaMutations } from "../../mutations/replicaMutations.js";
import { sampleEvidence } from "../../support/sample.js";
import { mutations as programMutations } from "../policy/mutations.js";

const ids: ReadonlySet<string> = new Set(controls.map(({ id }) => id));

/** Controls of which a person has to see something. */
const attestable = assess(sampleEvidence())
  .controls.filter(({ checks }) => checks.some(({ by }) => by === "person"))
  .map(({ id }) => id);

function attestation(control_id: string): Attestation {
  return {
    control_id,
    explanation: "seen",
    frequency: "annually",
    status: "passed",
    updated: "2026-11-01",
    updated_by: "Ada",
  };
}

describe("mutations", () => {
  const controlOfRule = new Map(rules.map(({ name, control }) => [name, control]));
  const tried = {
    "on hosts": hostMutations("haproxy").map(({ breaks: [own] }) => controlOf(own)),
    "on a node among others": replicaMutations("haproxy").map(({ breaks: [own] }) => controlOf(own)),
    "in the AWS account": awsMutations.map(({ breaks }) => controlOf(breaks)),
    "in the program": programMutations.map(({ rule }) => controlOfRule.get(rule) ?? rule),
    "of what people have attested": attestable,
  };

  it("break every control, and nothing that is no control", () => {
    const broken = new Set(Object.values(tried).flat());
    assert.deepEqual(
      [...ids].filter((id) => !broken.has(id)),
      [],
    );
    assert.deepEqual(
      [...broken].filter((id) => !ids.has(id)),
      [],
    );
  });

  it("are at least forty on hosts and in the account alone, the same number with each tunnel", () => {
    const here = [...tried["on hosts"], ...tried["in the AWS account"]];
    assert.ok(here.length >= 40, `only ${here.length}`);
    for (const tunnel of tunnelEngines) assert.equal(hostMutations(tunnel).length, tried["on hosts"].length);
  });

  it("break every control that a command looks at on hosts or in the account, but for two that LocalStack can't show", () => {
    const here = new Set([...tried["on hosts"], ...tried["in the AWS account"]]);
    const looked = assess(sampleEvidence())
      .controls.filter(({ checks }) => checks.some(({ by }) => by !== "person"))
      .map(({ id }) => id);
    assert.deepEqual(
      looked.filter((id) => !here.has(id)),
      ["dedicated-tenancy", "emergency-access"],
    );
  });

  for (const id of attestable) {
    it(`of attestations: ${id} alone is named when nobody has attested it, or somebody that it is not so`, () => {
      const named = (attestations: readonly Attestation[]): readonly string[] => {
        // What commands see is not the matter here.
        const { assessment, ...checks } = targetChecks(sampleEvidence(), "cache");
        const byPerson = assessment.controls.map((control) => ({
          ...control,
          checks: control.checks.filter(({ by }) => by === "person"),
        }));
        const where = { place: "a test", host: "a host", nonce: "" };
        const about = { date: new Date("2026-11-26"), ...where, attestations };
        return verification({ ...checks, assessment: { ...assessment, controls: byPerson } }, [], about).findings;
      };
      const all = attestable.map(attestation);
      assert.deepEqual(named(all), []);
      assert.deepEqual(named(all.filter(({ control_id }) => control_id !== id)), [id]);
      assert.deepEqual(named(all.map((one) => (one.control_id === id ? { ...one, status: "failed" } : one))), [id]);
    });
  }
});
