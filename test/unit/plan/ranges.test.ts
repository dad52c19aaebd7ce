import assert from "node:assert/strict";
import type { Problem } from "../../../src/plan/problems.js";
import { clientProblems } from "../../../src/plan/clientPlan.js";
import { refreshIntervalProblems } from "../../../src/plan/refresh.js";
import { rotationProblems } from "../../../src/plan/rotation.js";
import { cacheProblems } from "../../../src/plan/validateCache.js";
import { validityProblems } from "../../../src/plan/validity.js";
import { sampleShape } from "../../support/sample.js";
import { lines } from "./lines.js";

interface Range {
  readonly path: string;
  readonly least: number;
  readonly most: number;
  readonly allowed: string;
  readonly problems: (value: unknown) => readonly Problem[];
}

const hours = "Give a whole number of hours from 1 to 87600 (ten years).";

const ranges: readonly Range[] = [
  {
    path: "refreshIntervalSeconds",
    least: 10,
    most: 86_400,
    allowed: "Give a whole number of seconds from 10 to 86400 (a day).",
    problems: refreshIntervalProblems,
  },
  {
    path: "operatorIdleLogoffMinutes",
    least: 1,
    most: 60,
    allowed: "Give a whole number of minutes from 1 to 60.",
    problems: (value) =>
      cacheProblems("sessions", { ...sampleShape, operatorIdleLogoffMinutes: value as number }),
  },
  {
    path: "localPort",
    least: 1024,
    most: 65_535,
    allowed: "Give a whole number from 1024 to 65535: the tunnel runs without privileges.",
    problems: (localPort) => clientProblems("web", { appUser: "web", localPort: localPort as number }),
  },
  ...(["authority", "keys", "passwords"] as const).map((name) => ({
    path: `rotation.${name}`,
    least: 1,
    most: 9999,
    allowed: "Give a whole number from 1 to 9999.",
    problems: (value: unknown) => rotationProblems({ [name]: value }),
  })),
  ...(["retiredAuthority", "retiredPasswords"] as const).map((name) => ({
    path: `rotation.${name}`,
    least: 0,
    most: 9998,
    allowed: "Give a whole number from 0 to 9999.",
    problems: (value: unknown) => rotationProblems({ authority: 9999, passwords: 9999, [name]: value }),
  })),
  {
    path: "certificates.validityHours",
    least: 2,
    most: 87_600,
    allowed: hours,
    problems: (validityHours) => validityProblems({ validityHours, earlyRenewalHours: 1 }),
  },
  {
    path: "certificates.earlyRenewalHours",
    least: 1,
    most: 87_599,
    allowed: hours,
    problems: (earlyRenewalHours) => validityProblems({ validityHours: 87_600, earlyRenewalHours }),
  },
  {
    path: "certificates.authorityValidityHours",
    least: 4,
    most: 87_600,
    allowed: hours,
    problems: (authorityValidityHours) =>
      validityProblems({ validityHours: 2, earlyRenewalHours: 1, authorityValidityHours }),
  },
];

describe("whole numbers", () => {
  for (const { path, least, most, allowed, problems } of ranges) {
    it(`${path} may be left out, and from ${least} to ${most}`, () => {
      for (const sound of [undefined, least, least + 1, most - 1, most]) {
        assert.deepEqual(problems(sound), [], String(sound));
      }
    });

    it(`${path} may be nothing else`, () => {
      assert.equal(problems(least - 1).length, 1);
      assert.equal(problems(most + 1).length, 1);
      for (const bad of [-1, 90_000, least + 0.5, Number.NaN, String(least), null, [least]]) {
        const got = JSON.stringify(bad);
        assert.deepEqual(lines(problems(bad)), [`${path}: got ${got}. ${allowed}`]);
      }
    });
  }
});
