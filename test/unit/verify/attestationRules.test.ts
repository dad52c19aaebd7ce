import assert from "node:assert/strict";
import fc from "fast-check";
import { controls } from "../../../src/evidence/controls/index.js";
import { attested, parseAttestations, type Attestation } from "../../../src/verify/attestations.js";

const one: Attestation = {
  control_id: "multi-factor",
  explanation: "ticket 12",
  frequency: "annually",
  status: "passed",
  updated: "2026-01-31",
  updated_by: "Ada Lovelace",
};
const expected = "a person has attested it, and it is not yet due again";

const parsed = (change: object): Attestation[] =>
  parseAttestations(JSON.stringify([{ ...one, ...change }]), new Date("2026-02-02T00:00:00Z"));

/** For how long an attestation of January 31 holds: the first moment at which it is due again. */
const due: Readonly<Record<string, string>> = {
  annually: "2027-01-31",
  semiannually: "2026-07-31",
  quarterly: "2026-05-01",
  monthly: "2026-03-03",
  every2weeks: "2026-02-14",
  weekly: "2026-02-07",
  every3days: "2026-02-03",
  daily: "2026-02-01",
  "1d": "2026-02-01",
  "90d": "2026-05-01",
  "9999d": "2053-06-17",
};

describe("an attestation's time", () => {
  for (const [frequency, day] of Object.entries(due)) {
    it(`ends at ${day} where it is ${frequency}`, () => {
      const moment = new Date(`${day}T00:00:00Z`);
      const at = (now: Date): object => attested("multi-factor", parsed({ frequency }), now);
      assert.deepEqual(at(new Date(moment.getTime() - 1)), {
        holds: true,
        expected,
        found: "passed on 2026-01-31 by Ada Lovelace: ticket 12",
        updated: "2026-01-31",
        until: moment.toISOString(),
      });
      assert.deepEqual(at(moment), {
        holds: false,
        expected,
        found: `passed on 2026-01-31 by Ada Lovelace, due again since ${day}`,
        updated: "2026-01-31",
      });
    });
  }

  it("is of the moment and zone that it is written in", () => {
    const [attestation] = parsed({ updated: "2026-01-31T23:30:00-01:00", frequency: "daily" });
    const at = (now: string): boolean =>
      attested("multi-factor", attestation === undefined ? [] : [attestation], new Date(now)).holds;
    assert.ok(at("2026-02-02T00:29:59Z"));
    assert.ok(!at("2026-02-02T00:30:00Z"));
  });
});

describe("what is said of an attestation", () => {
  const now = new Date("2026-02-01T00:00:00Z");

  it("is that there is none, or that it is not so", () => {
    assert.deepEqual(attested("backup", [one], now), { holds: false, expected, found: "nobody has attested it" });
    assert.deepEqual(attested("multi-factor", [{ ...one, status: "failed" }], now), {
      holds: false,
      expected,
      found: "failed on 2026-01-31 by Ada Lovelace: ticket 12",
      updated: "2026-01-31",
    });
  });

  it("is said of the last one by its moment, not by its place or text", () => {
    const earlier: Attestation = { ...one, status: "failed", updated: "2026-01-31T12:00:00+14:00" };
    for (const list of [
      [one, earlier],
      [earlier, one],
    ])
      assert.ok(attested("multi-factor", list, now).holds);
    const later: Attestation = { ...earlier, updated: "2026-01-31T00:00:00-01:00" };
    for (const list of [
      [one, later],
      [later, one],
    ])
      assert.ok(!attested("multi-factor", list, now).holds);
  });

  it("is said of the worse of two of the same time, and a day on which it was not so counts until its end", () => {
    const failed: Attestation = { ...one, status: "failed" };
    const noon: Attestation = { ...one, updated: "2026-01-31T12:00:00Z" };
    for (const list of [
      [one, failed],
      [noon, { ...failed, updated: noon.updated }],
      [noon, failed],
    ])
      for (const order of [list, [...list].reverse()])
        assert.ok(!attested("multi-factor", order, now).holds, JSON.stringify(order));
    // The control case: on the next day somebody has seen that it is so again.
    assert.ok(attested("multi-factor", [failed, { ...one, updated: "2026-02-01" }], now).holds);
  });

  it("never is that it holds where somebody has seen, at the same time or later, that it does not", () => {
    const moments = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2030-12-31"),
      noInvalidDate: true,
    });
    const seen = fc.record({ when: moments, passed: fc.boolean(), day: fc.boolean() });
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 6 }), moments, (list, when) => {
        const attestations = list.map(({ when: moment, passed, day }): Attestation => {
          const updated = day ? moment.toISOString().slice(0, 10) : moment.toISOString();
          return { ...one, frequency: "9999d", updated, status: passed ? "passed" : "failed" };
        });
        const future = attestations.some(({ updated }) => Date.parse(updated) > when.getTime());
        const text = JSON.stringify(attestations);
        if (future) {
          assert.throws(() => parseAttestations(text, when), /This is in the future/);
          return;
        }
        const { holds } = attested("multi-factor", parseAttestations(text, when), when);
        const times = (status: string): number[] =>
          attestations.filter((one) => one.status === status).map(({ updated }) => Date.parse(updated));
        const passed = Math.max(...times("passed"));
        if (times("failed").some((failed) => failed >= passed)) assert.ok(!holds);
        else if (times("failed").length === 0) assert.equal(holds, times("passed").length > 0);
      }),
    );
  });

  it("leaves the list as it was", () => {
    const list = [one, { ...one, updated: "2026-02-01" }];
    attested("multi-factor", list, now);
    assert.deepEqual(list, [one, { ...one, updated: "2026-02-01" }]);
  });
});

/** Values that a field may have, and some that it may not, with what is said of them. */
const fields: Readonly<Record<string, readonly [taken: unknown[], refused: unknown[], message: RegExp]>> = {
  control_id: [
    controls.filter(({ attestationNames }) => attestationNames === undefined).map(({ id }) => id),
    ["mfa", "", 1],
    /There is no control with that id: docs\/verify\.md has the list\.|got a number\. Give a string\./,
  ],
  explanation: [
    ["x", "ä".repeat(500)],
    ["", "x".repeat(501), "a\nb", "a\u0007", "a\u202eb", 1],
    /Give 1 to 500 characters on one line\.|got a number\. Give a string\./,
  ],
  frequency: [
    Object.keys(due),
    ["sometimes", "toString", "0d", "90", "d", "-1d", "10000d", "x90d", "90dx", "01d"],
    /Give annually, semiannually, quarterly, monthly, every2weeks, weekly, every3days, daily, or a number of days such as "90d"\./,
  ],
  status: [["passed", "failed"], ["ok", "", true], /Give "passed" or "failed"\./],
  updated: [
    ["2026-01-31", "2026-02-02", "2026-02-02T00:00:00Z", "2026-02-02T01:00:00+01:00", "2026-01-31T00:00:00.5+01:00"],
    ["2026-02-30", "yesterday", "2026-01-31 00:00", 1, "2026-02-03", "2026-02-02T00:00:01Z", "9999-01-01"],
    /Give a date, such as "2026-11-26", or a date and time \(RFC 3339\)\.|This is in the future: it is now 2026-02-02T00:00:00\.000Z, and a date without a time is in UTC\./,
  ],
  updated_by: [["Ada"], ["", "a\nb"], /Give 1 to 500 characters on one line\./],
};

describe("a field of an attestation", () => {
  for (const [field, [taken, refused, message]] of Object.entries(fields)) {
    it(`(${field}) is taken in its form, refused in any other, and has to be there`, () => {
      for (const value of taken) assert.deepEqual(parsed({ [field]: value }), [{ ...one, [field]: value }]);
      for (const value of [...refused, undefined]) {
        assert.throws(
          () => parsed({ [field]: value }),
          (error: Error) => {
            assert.match(error.message, /^--attestations: not in the form of `saf attest` \(docs\/verify\.md\):\n/);
            assert.ok(error.message.includes(`\n  * [0].${field}: `), error.message);
            if (value !== undefined) assert.match(error.message, message);
            return true;
          },
          `${field}: ${String(value)}`,
        );
      }
    });
  }
});

describe("an attestation", () => {
  it("names no cache: it is of the one whose evidence is given", () => {
    assert.throws(() => parsed({ cache: "sessions" }), /\[0\]\.cache: Leave this out: /);
    assert.deepEqual(parsed({}), [one]);
  });
});

describe("an attestation of an agreement or an alternative", () => {
  const cases = [
    [
      "business-associate-agreement",
      ["Accepted in AWS Artifact on 2026-01-15", "signed 2020-12-31"],
      [
        "Accepted in AWS Artifact",
        "Accepted on 15 January 2026",
        "Signed, ticket 2026-1-1",
        "2020-12-31",
        "None accepted as of 2026-01-15",
        "Not yet signed on 2026-01-15",
      ],
      'Begin with "Accepted" or "Signed", and name the date of the agreement, such as "Accepted in AWS Artifact on 2026-01-15".',
    ],
    [
      "integrity-mechanism",
      ["Approved by Grace Hopper; decision 7", "approved by the security official", "Approved by Noah Nobel"],
      [
        "approved",
        "approved by",
        "approved by ",
        "approved by -",
        "Grace Hopper",
        "Not yet approved by anybody",
        "Never approved by Grace Hopper",
        "Approved by nobody",
        "Approved by no one yet",
      ],
      'Begin with "Approved by", and name who approved the alternative, such as "Approved by Ada Lovelace; decision 7".',
    ],
  ] as const;

  for (const [control_id, taken, refused, message] of cases) {
    it(`(${control_id}) names what an auditor asks for, or is refused with what to write`, () => {
      for (const explanation of taken) assert.equal(parsed({ control_id, explanation })[0]?.explanation, explanation);
      for (const explanation of refused) {
        assert.throws(() => parsed({ control_id, explanation }), {
          message: `--attestations: not in the form of \`saf attest\` (docs/verify.md):\n  * [0].explanation: ${message}`,
        });
        // Whoever has seen that there is none has nothing to name.
        assert.equal(parsed({ control_id, explanation, status: "failed" }).length, 1);
      }
    });
  }

  it("is asked for of these two alone", () => {
    assert.deepEqual(
      controls.filter(({ attestationNames }) => attestationNames !== undefined).map(({ id }) => id),
      ["integrity-mechanism", "business-associate-agreement"],
    );
  });
});
