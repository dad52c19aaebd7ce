import assert from "node:assert/strict";
import type { HealthReport, Reported } from "../../../src/plan/health.js";
import { hindrances, unfinished, type NextNode, type UpdatedNode } from "../../../src/plan/rollingChange.js";

const now = new Date("2026-11-29T16:30:00Z");

function report(change: Partial<HealthReport> = {}): HealthReport {
  return {
    schemaVersion: 1,
    instanceId: "i-0a",
    instanceType: "m6i.large",
    replication: "role:slave\nmaster_link_status:up",
    time: "2026-11-29T16:29:30Z",
    ...change,
  };
}

const ill = report({ replication: "role:slave" });

function node(was: UpdatedNode["was"], reported: Reported, change: Partial<UpdatedNode> = {}): UpdatedNode {
  return { name: "sessions-0", instanceId: "i-0a", instanceType: "m6i.large", was, reported, ...change };
}

const next = (changes: boolean, reported: Reported = report()): NextNode => ({ name: "sessions-1", changes, reported });

/** What a node can be, but healthy, and what is said of it. */
const troubles: readonly [what: string, reported: Reported, why: string][] = [
  ["ill", ill, "it has no link to a primary"],
  ["silent", report({ time: "2026-11-29T16:00:00Z" }), "it last reported at 2026-11-29T16:00:00Z"],
  ["new", report({ instanceId: "i-0b" }), "it has not reported since it was changed"],
  ["of another type", report({ instanceType: "m6i.xlarge" }), "it has not reported since it was changed"],
  ["without a report so far", "nothing yet", "it has not reported yet"],
  ["without a report that can be read", "no report", "its parameter holds no report"],
];

describe("what stands in the way of a node's change", () => {
  it("is nothing where those before it are healthy, whatever this update did to them", () => {
    for (const changes of [true, false]) {
      for (const was of ["made", "changed", "kept"] as const) {
        assert.deepEqual(hindrances(next(changes), [node(was, report())], now), { waitsFor: [], warnings: [] });
      }
    }
  });

  for (const [what, reported, why] of troubles) {
    const said = [`sessions-0 (i-0a): ${why}`];

    it(`is a node before it that is ${what}, where it is going to be changed`, () => {
      for (const was of ["made", "changed", "kept"] as const) {
        const found = hindrances(next(true), [node(was, reported)], now);
        assert.deepEqual(found, { waitsFor: said, warnings: [] }, was);
      }
    });

    it(`is one that is ${what}, where it stays as it is, only if this update has changed that one: else it warns`, () => {
      const found = (was: UpdatedNode["was"]) => hindrances(next(false), [node(was, reported)], now);
      assert.deepEqual(found("changed"), { waitsFor: said, warnings: [] });
      assert.deepEqual(found("kept"), { waitsFor: [], warnings: said });
      assert.deepEqual(found("made"), { waitsFor: [], warnings: [] });
    });
  }

  it("is what a primary has alone, should it be changed", () => {
    const alone = report({ replication: "role:master" });
    const why = "sessions-1: it is the primary, and no replica follows it: its values would be lost";
    assert.deepEqual(hindrances(next(true, alone), [], now).waitsFor, [why]);
    assert.deepEqual(hindrances(next(false, alone), [], now).waitsFor, []);
    assert.deepEqual(hindrances(next(true), [], now).waitsFor, []);
    assert.deepEqual(hindrances(next(true, "nothing yet"), [], now).waitsFor, []);
  });

  it("is told of every node", () => {
    const before = [node("kept", ill), node("kept", report()), node("kept", "nothing yet", { name: "sessions-2" })];
    assert.deepEqual(hindrances(next(true), before, now).waitsFor, [
      "sessions-0 (i-0a): it has no link to a primary",
      "sessions-2 (i-0a): it has not reported yet",
    ]);
  });
});

describe("what keeps an update from being over", () => {
  it("are nodes that it has changed, until they are healthy; of ill ones that it has kept it warns, and new ones keep nobody", () => {
    for (const [, reported, why] of troubles) {
      const said = [`sessions-0 (i-0a): ${why}`];
      assert.deepEqual(unfinished([node("changed", reported)], now), { waitsFor: said, warnings: [] });
      assert.deepEqual(unfinished([node("kept", reported)], now), { waitsFor: [], warnings: said });
      assert.deepEqual(unfinished([node("made", reported)], now), { waitsFor: [], warnings: [] });
    }
    assert.deepEqual(unfinished([node("changed", report())], now), { waitsFor: [], warnings: [] });
  });
});
