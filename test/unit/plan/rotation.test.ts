import assert from "node:assert/strict";
import fc from "fast-check";
import { planRotation } from "../../../src/plan/rotation.js";
import { planValidity } from "../../../src/plan/validity.js";
import { problemsWith } from "../arguments/lines.js";

describe("generations", () => {
  it("are the first, and the second ahead of its use, where nothing is said", () => {
    const first = { current: 1, accepted: [1, 2] };
    assert.deepEqual(planRotation(), { authority: first, keys: "1.1", passwords: first });
  });

  it("of keys are others with each authority, and with each number of their own", () => {
    const number = fc.integer({ min: 1, max: 9999 });
    const shape = fc.record({ authority: number, keys: number });
    fc.assert(
      fc.property(shape, shape, (one, other) => {
        const same = one.authority === other.authority && one.keys === other.keys;
        assert.equal(planRotation(one).keys === planRotation(other).keys, same);
      }),
    );
  });

  it("of keys are the same whatever happens to passwords and to what went before", () => {
    for (const shape of [{ passwords: 7 }, { passwords: 3, retiredPasswords: 2 }, { retiredAuthority: 0 }]) {
      assert.equal(planRotation(shape).keys, "1.1");
    }
  });

  it("keep the one before until it is retired", () => {
    const accepted = (passwords: number, retiredPasswords?: number): readonly number[] =>
      planRotation({ passwords, retiredPasswords }).passwords.accepted;
    assert.deepEqual(accepted(3), [2, 3, 4]);
    assert.deepEqual(accepted(3, 2), [3, 4]);
    assert.deepEqual(accepted(4, 2), [3, 4, 5]);
  });

  it("let two hosts understand each other when one has taken a change and the other has not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 0, max: 9997 }), (current, retired) => {
        fc.pre(retired < current);
        const before = planRotation({ authority: current, retiredAuthority: retired }).authority;
        const after = planRotation({ authority: current + 1, retiredAuthority: retired }).authority;
        assert.ok(before.accepted.includes(after.current));
        assert.ok(after.accepted.includes(before.current));
      }),
    );
  });

  it("are refused when they are no whole numbers, or retired while in use", () => {
    for (const sound of [undefined, {}, { authority: 2, retiredAuthority: 1 }, { passwords: 9999 }]) {
      assert.deepEqual(problemsWith({ rotation: sound }), []);
    }
    for (const [value, path] of [
      [3, "rotation"],
      [[], "rotation"],
      [{ authority: 0 }, "rotation.authority"],
      [{ keys: 0 }, "rotation.keys"],
      [{ authorty: 2 }, "rotation.authorty"],
      [{ passwords: 1.5 }, "rotation.passwords"],
      [{ passwords: "2026-11" }, "rotation.passwords"],
      [{ retiredPasswords: 1 }, "rotation.retiredPasswords"],
      [{ authority: 2, retiredAuthority: 2 }, "rotation.retiredAuthority"],
    ] as const) {
      assert.deepEqual(
        problemsWith({ rotation: value }).map((problem) => problem.path),
        [path],
      );
    }
  });
});

describe("lifetimes of certificates", () => {
  it("are 90 days, renewed in the last 60, under an authority of a year, where nothing is said", () => {
    assert.deepEqual(planValidity(), {
      validityHours: 90 * 24,
      earlyRenewalHours: 60 * 24,
      authorityValidityHours: 365 * 24,
      authorityEarlyRenewalHours: 90 * 24,
    });
  });

  it("are the article's five years by one argument", () => {
    const article = { validityHours: 1826 * 24 };
    assert.deepEqual(problemsWith({ certificates: article }), []);
    assert.equal(planValidity(article).authorityValidityHours, 2 * 1826 * 24);
  });

  it("never let a certificate outlive the authority that signs it", () => {
    const hours = fc.integer({ min: 1, max: 87_600 });
    fc.assert(
      fc.property(hours, fc.option(hours, { nil: undefined }), (validityHours, authorityValidityHours) => {
        const shape = { validityHours, authorityValidityHours, earlyRenewalHours: 0 };
        fc.pre(validityHours > 1 && problemsWith({ certificates: { ...shape, earlyRenewalHours: 1 } }).length === 0);
        const plan = planValidity(shape);
        // Just before it would be renewed, the authority still has as long as a certificate lasts.
        assert.ok(plan.authorityEarlyRenewalHours >= plan.validityHours);
        assert.ok(plan.authorityValidityHours > plan.authorityEarlyRenewalHours);
      }),
    );
  });

  it("are refused out of range or out of order", () => {
    for (const [value, path] of [
      ["90 days", "certificates"],
      [{ validityHours: 0 }, "certificates.validityHours"],
      [{ validityDays: 90 }, "certificates.validityDays"],
      [{ validityHours: 100_000 }, "certificates.validityHours"],
      [{ validityHours: 100, earlyRenewalHours: 100 }, "certificates.earlyRenewalHours"],
      [{ validityHours: 100, authorityValidityHours: 199 }, "certificates.authorityValidityHours"],
    ] as const) {
      assert.deepEqual(
        problemsWith({ certificates: value }).map((problem) => problem.path),
        [path],
      );
    }
  });
});

describe("the interval of the refresh", () => {
  it("is a whole number of seconds, 10 to a day", () => {
    for (const sound of [undefined, 10, 300, 86_400])
      assert.deepEqual(problemsWith({ refreshIntervalSeconds: sound }), []);
    for (const bad of [9, 86_401, 10.5, "300", null])
      assert.equal(problemsWith({ refreshIntervalSeconds: bad }).length, 1);
  });
});
