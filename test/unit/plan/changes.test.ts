import assert from "node:assert/strict";
import { planRotation } from "../../../src/plan/rotation.js";
import { planValidity } from "../../../src/plan/validity.js";
import { lines, problemsWith } from "../arguments/lines.js";

describe("the argument rotation", () => {
  for (const bad of [null, 3, "2", [], () => 1]) {
    it(`is no ${bad === null ? "null" : typeof bad}`, () => {
      const [problem, ...more] = problemsWith({ rotation: bad });
      assert.deepEqual([problem?.path, problem?.allowed], ["rotation", "Give an object."]);
      assert.equal(more.length, 0);
    });
  }

  it("retires what is not in use, and says so of each of both", () => {
    assert.deepEqual(problemsWith({ rotation: { authority: 3, retiredAuthority: 2, retiredPasswords: 0 } }), []);
    assert.deepEqual(lines(problemsWith({ rotation: { authority: 3, retiredAuthority: 3, retiredPasswords: 1 } })), [
      "rotation.retiredAuthority: got 3. Generation 3 is in use: raise rotation.authority first, and retire only older generations.",
      "rotation.retiredPasswords: got 1. Generation 1 is in use: raise rotation.passwords first, and retire only older generations.",
    ]);
  });

  it("reports what is no number before what is out of order", () => {
    assert.deepEqual(lines(problemsWith({ rotation: { passwords: 0, retiredPasswords: 4 } })), [
      "rotation.passwords: got 0. Give a whole number from 1 to 9999.",
    ]);
  });

  for (const [what, shape, authority, passwords] of [
    ["an authority", { authority: 5, retiredAuthority: 3 }, [4, 5, 6], [1, 2]],
    ["a retired authority", { authority: 5, retiredAuthority: 4 }, [5, 6], [1, 2]],
    ["passwords", { passwords: 5, retiredPasswords: 3 }, [1, 2], [4, 5, 6]],
    ["retired passwords", { passwords: 5, retiredPasswords: 4 }, [1, 2], [5, 6]],
    ["the last generation", { passwords: 9999 }, [1, 2], [9998, 9999, 10_000]],
  ] as const) {
    it(`is planned for ${what}, the other apart`, () => {
      const plan = planRotation(shape);
      assert.deepEqual([plan.authority.accepted, plan.passwords.accepted], [authority, passwords]);
    });
  }
});

describe("the argument certificates", () => {
  for (const bad of [null, 3, "90 days", []]) {
    it(`is no ${JSON.stringify(bad)}`, () => {
      assert.deepEqual(lines(problemsWith({ certificates: bad })), [
        `certificates: got ${JSON.stringify(bad)}. Give an object.`,
      ]);
    });
  }

  it("has a renewal before the end, and an authority of twice the life", () => {
    assert.deepEqual(problemsWith({ certificates: { validityHours: 100, authorityValidityHours: 200 } }), []);
    assert.deepEqual(problemsWith({ certificates: { validityHours: 100, earlyRenewalHours: 99 } }), []);
    const value = { validityHours: 100, earlyRenewalHours: 100, authorityValidityHours: 199 };
    assert.deepEqual(lines(problemsWith({ certificates: value })), [
      "certificates.earlyRenewalHours: got 100. It must be less than the 100 hours that a certificate lasts, or every pulumi up would renew it.",
      "certificates.authorityValidityHours: got 199. The authority must last at least twice as long as the certificates that it signs: 200 hours.",
    ]);
  });

  it("reports all that is out of range before what is out of order", () => {
    const value = { validityHours: 0, earlyRenewalHours: 0, authorityValidityHours: 0 };
    assert.deepEqual(
      problemsWith({ certificates: value }).map(({ path }) => path),
      Object.keys(value).map((name) => `certificates.${name}`),
    );
  });

  for (const [shape, plan] of [
    [{ validityHours: 100 }, [100, 66, 8760, 100]],
    [{ validityHours: 4380 }, [4380, 2920, 8760, 4380]],
    [{ validityHours: 4381 }, [4381, 2920, 8762, 4381]],
    [{ earlyRenewalHours: 24 }, [2160, 24, 8760, 2160]],
    [{ authorityValidityHours: 5000 }, [2160, 1440, 5000, 2160]],
  ] as const) {
    it(`${JSON.stringify(shape)} plans ${plan.join(", ")} hours`, () => {
      assert.deepEqual(Object.values(planValidity(shape)), plan);
    });
  }
});

describe("the window of security updates", () => {
  it("is a time, or days and a time", () => {
    const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const times = ["00:00", "09:59", "10:00", "19:30", "20:00", "23:59"];
    const rows = ["Mon,Wed 08:00", "Mon..Fri 08:00", "Mon..Wed,Sun 08:00", "Mon,Wed..Fri,Sun 08:00"];
    for (const sound of [undefined, ...times, ...days.map((day) => `${day} 08:00`), ...rows]) {
      assert.deepEqual(problemsWith({ securityUpdateWindow: sound }), [], sound);
    }
  });

  it("is nothing else", () => {
    const texts = ["", "8:00", "08:0", "08:60", "24:00", "30:00", "08:00:00", "08:00 ", " 08:00", "Sun08:00"];
    const days = ["sun 08:00", "Sunday 08:00", "Sun, 08:00", "Mon...Fri 08:00", "Mon-Fri 08:00", "Mon.Fri 08:00"];
    for (const bad of [...texts, ...days, "Mon..,Fri 08:00", "08:00\n", "Sun  08:00", null, 8, ["08:00"]]) {
      assert.deepEqual(lines(problemsWith({ securityUpdateWindow: bad })), [
        `securityUpdateWindow: got ${JSON.stringify(bad)}. Give a time in UTC, or days and a time, as systemd.time(7) writes them: "08:00", "Sun 03:30", "Mon..Fri 23:00".`,
      ]);
    }
  });
});

describe("the tunnel's program", () => {
  it("is stunnel or haproxy", () => {
    for (const sound of ["stunnel", "haproxy", undefined]) assert.deepEqual(problemsWith({ tunnel: sound }), []);
    for (const bad of ["", "HAProxy", "ghostunnel", null, ["stunnel"]]) {
      assert.deepEqual(lines(problemsWith({ tunnel: bad })), [
        `tunnel: got ${JSON.stringify(bad)}. Give "stunnel" or "haproxy".`,
      ]);
    }
  });
});
