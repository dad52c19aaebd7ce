import assert from "node:assert/strict";
import type { Result } from "../figures/result.js";
import { figures } from "../figures/figures.js";
import type { Profile } from "../profile/profile.js";
import { causes } from "./causes.js";
import { missedLines } from "./missed.js";

const tlsThroughput =
  "shared.connect50.haproxySocket.operationsPerSecond / shared.plain50.redisTls.operationsPerSecond";

const result = (name: string, met: boolean): Result => {
  return { name, value: 0.6, unit: "ratio", goal: "≥ 1", met, rounds: 7, spread: 0 };
};

const profileOf = (
  client: "plain" | "connect",
  contender: "redisTls" | "haproxySocket",
  microseconds: Readonly<Record<string, number>>,
): Profile => {
  const named = <T>(of: (value: number) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(microseconds).map(([name, value]) => [name, of(value)]));
  return {
    application: { client, contender, inFlight: 50, workers: false },
    usage: named((cpuMicroseconds) => ({ wakeUps: 0, cpuMicroseconds })),
    traced: named(() => ({ read: 1 })),
  };
};

const tls = profileOf("plain", "redisTls", { application: 7, Redis: 3 });
const ours = (application: number): Profile =>
  profileOf("connect", "haproxySocket", { application, "client tunnel": 4, "server tunnel": 5, Redis: 2 });

describe("why goals are missed", () => {
  it("each goal of the bench has one cause, and each cause a goal", () => {
    const goals = figures.filter(({ goal }) => goal !== undefined).map(({ name }) => name);
    for (const name of goals) assert.equal(causes.filter((one) => one.goals.test(name)).length, 1, name);
    for (const { title, goals: about } of causes) {
      assert.ok(
        goals.some((name) => about.test(name)),
        title,
      );
    }
  });

  it("is said with the figure, what was counted and what would be needed, whichever takes more", () => {
    const enough = missedLines([result(tlsThroughput, false)], [tls, ours(6)]).join("\n");
    assert.ok(enough.includes("own TLS, 50 in flight** (0.6 where the goal is ≥ 1): By our HAProxy's socket"));
    assert.ok(enough.includes("the four processes take 17 µs, both ends of the tunnel 9 µs of it;"));
    assert.match(
      enough,
      /with its own TLS, application and Redis take 10 µs\. Needed: a tunnel that takes no more than 2 µs/,
    );
    const two = [result(tlsThroughput, false), { ...result(tlsThroughput, false), value: 0.7 }];
    assert.ok(missedLines(two, []).join("\n").includes("(0.6 to 0.7 where the goal is ≥ 1)"));
    const never = missedLines([result(tlsThroughput, false)], [tls, ours(9)]).join("\n");
    assert.match(never, /Needed: an application that takes less, for without the tunnel's part it is still 11 µs\./);
  });

  it("is not said of goals that are met, and has no numbers where none were counted", () => {
    assert.deepEqual(missedLines([result(tlsThroughput, true)], [tls, ours(6)]), []);
    for (const { goal, name } of figures) {
      if (goal === undefined) continue;
      const text = missedLines([result(name, false)], []).join("\n");
      assert.match(text, /^- \*\*/m);
      assert.doesNotMatch(text, /undefined|NaN/);
    }
  });
});
