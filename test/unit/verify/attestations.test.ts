import assert from "node:assert/strict";
import { attested, parseAttestations, type Attestation } from "../../../src/verify/attestations.js";

const now = new Date("2026-11-26T12:00:00Z");
const one: Attestation = {
  control_id: "multi-factor",
  explanation: "The bastion asks for a hardware key: ticket 12",
  frequency: "annually",
  status: "passed",
  updated: "2026-01-15",
  updated_by: "Ada Lovelace",
};

function holds(change: Partial<Attestation>, ...more: readonly Attestation[]): boolean {
  return attested("multi-factor", [{ ...one, ...change }, ...more], now).holds;
}

describe("attestations", () => {
  it("hold until they are due again", () => {
    assert.ok(holds({}));
    assert.ok(holds({ frequency: "316d" }));
    assert.ok(!holds({ frequency: "315d" }));
    assert.ok(!holds({ frequency: "semiannually" }));
    assert.ok(!holds({ updated: "2025-11-26" }));
    assert.ok(holds({ updated: "2025-11-27" }));
  });

  it("don't hold where somebody has seen that it is not so, where there is none, or for another control", () => {
    assert.ok(!holds({ status: "failed" }));
    assert.ok(!attested("multi-factor", [], now).holds);
    assert.ok(!holds({ control_id: "backup" }));
  });

  it("count by the last one of a control", () => {
    const failed: Attestation = { ...one, status: "failed", updated: "2026-02-01" };
    assert.ok(!holds({}, failed));
    assert.ok(holds({ updated: "2026-03-01" }, failed));
    assert.match(attested("multi-factor", [one, failed], now).found, /failed on 2026-02-01 by Ada Lovelace/);
  });

  it("are read from JSON and from YAML", () => {
    assert.deepEqual(parseAttestations(JSON.stringify([one]), now), [one]);
    const yaml = Object.entries(one).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    assert.deepEqual(parseAttestations(`- ${yaml.join("\n  ")}\n`, now), [one]);
    // A bare date is text here, too.
    assert.deepEqual(parseAttestations(`- ${yaml.join("\n  ").replaceAll('"2026-01-15"', "2026-01-15")}\n`, now), [
      one,
    ]);
  });

  for (const [what, change, message] of [
    ["a control that there isn't", { control_id: "mfa" }, /no control with that id/],
    ["a frequency that nobody knows", { frequency: "sometimes" }, /annually, .*90d/],
    ["a status that nobody knows", { status: "ok" }, /status/],
    ["a date that is none", { updated: "yesterday" }, /updated/],
    ["a name of more than one line", { updated_by: "a\nb" }, /on one line/],
    ["a field too many", { signed: true }, /signed/],
  ] as const) {
    it(`are refused with ${what}, by the entry and the field`, () => {
      assert.throws(
        () => parseAttestations(JSON.stringify([one, { ...one, ...change }]), now),
        (error: Error) => {
          assert.match(error.message, message);
          assert.match(error.message, /\[1\]/);
          return true;
        },
      );
    });
  }

  it("are refused when they are no list", () => {
    assert.throws(
      () => parseAttestations("multi-factor: passed", now),
      /--attestations: .*\n {2}\* the whole: got an object\. Give a list\.$/,
    );
  });
});
