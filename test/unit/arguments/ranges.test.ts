import assert from "node:assert/strict";
import type { Problem } from "../../../src/arguments/problems.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { sampleConnection } from "../../support/sample.js";
import { lines, problemsWith } from "./lines.js";

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
    problems: (refreshIntervalSeconds) => problemsWith({ refreshIntervalSeconds }),
  },
  {
    path: "operatorIdleLogoffMinutes",
    least: 1,
    most: 60,
    allowed: "Give a whole number of minutes from 1 to 60.",
    problems: (operatorIdleLogoffMinutes) => problemsWith({ operatorIdleLogoffMinutes }),
  },
  {
    path: "maxMemoryPercent",
    least: 10,
    most: 60,
    allowed: "Give a whole number of percent from 10 to 60: the tunnel and the system need the rest.",
    problems: (maxMemoryPercent) => problemsWith({ maxMemoryPercent }),
  },
  {
    path: "maxValueBytes",
    least: 1_048_576,
    most: 536_870_912,
    allowed: "Give a whole number of bytes from 1048576 to 536870912 (1 MiB to 512 MiB).",
    problems: (maxValueBytes) => problemsWith({ maxValueBytes, instanceType: "r6i.xlarge" }),
  },
  {
    path: "localPort",
    least: 1024,
    most: 65_535,
    allowed: "Give a whole number from 1024 to 65535: the tunnel runs without privileges.",
    problems: (localPort) =>
      clientProblems("web", { connection: sampleConnection, appUser: "web", localPort: localPort as number }),
  },
  {
    path: "imageGeneration",
    least: 1,
    most: 9999,
    allowed: "Give a whole number from 1 to 9999.",
    problems: (imageGeneration) => problemsWith({ imageGeneration }),
  },
  ...(["authority", "keys", "passwords"] as const).map((name) => ({
    path: `rotation.${name}`,
    least: 1,
    most: 9999,
    allowed: "Give a whole number from 1 to 9999.",
    problems: (value: unknown) => problemsWith({ rotation: { [name]: value } }),
  })),
  ...(["retiredAuthority", "retiredPasswords"] as const).map((name) => ({
    path: `rotation.${name}`,
    least: 0,
    most: 9998,
    allowed: "Give a whole number from 0 to 9999.",
    problems: (value: unknown) => problemsWith({ rotation: { authority: 9999, passwords: 9999, [name]: value } }),
  })),
  {
    path: "certificates.validityHours",
    least: 2,
    most: 87_600,
    allowed: hours,
    problems: (validityHours) => problemsWith({ certificates: { validityHours, earlyRenewalHours: 1 } }),
  },
  {
    path: "certificates.earlyRenewalHours",
    least: 1,
    most: 87_599,
    allowed: hours,
    problems: (earlyRenewalHours) => problemsWith({ certificates: { validityHours: 87_600, earlyRenewalHours } }),
  },
  {
    path: "certificates.authorityValidityHours",
    least: 4,
    most: 87_600,
    allowed: hours,
    problems: (authorityValidityHours) =>
      problemsWith({ certificates: { validityHours: 2, earlyRenewalHours: 1, authorityValidityHours } }),
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
        const got = Number.isNaN(bad) ? "NaN" : JSON.stringify(bad);
        assert.deepEqual(lines(problems(bad)), [`${path}: got ${got}. ${allowed}`]);
      }
    });
  }
});
