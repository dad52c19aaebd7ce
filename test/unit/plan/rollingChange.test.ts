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
const alone = report({ replication: "role:master" });

function node(reported: Reported, change: Partial<UpdatedNode> = {}): UpdatedNode {
  return { name: "sessions-0", instanceId: "i-0a", instanceType: "m6i.large", reported, ...change };
}

function next(reported: Reported, isChanged: boolean): NextNode {
  return { name: "sessions-1", isChanged, reported };
}

const missing = "sessions-0 (i-0a): it has not reported since it was changed";
const none = new Set<string>();
const sessions0 = new Set(["sessions-0"]);
const unlinked = "sessions-0 (i-0a): it has no link to a primary";

describe("what stands in the way of a node's change", () => {
  it("is nothing where those before it are healthy", () => {
    for (const isChanged of [true, false]) {
      assert.deepEqual(hindrances(next(report(), isChanged), [node(report())], none, now), {
        waitsFor: [],
        warnings: [],
      });
    }
  });

  it("is nothing where the node has never reported: it is being made", () => {
    for (const before of [node("nothing yet"), node(ill), node(report({ instanceId: "i-0b" }))]) {
      assert.deepEqual(hindrances(next("nothing yet", true), [before], none, now), { waitsFor: [], warnings: [] });
    }
  });

  it("is a node that was replaced, or stopped, and has not reported since, also where nothing is known to change", () => {
    const before = [
      node(report({ instanceId: "i-0b" })),
      node(report({ instanceType: "m6i.xlarge" })),
      node("nothing yet"),
      node("no report"),
    ];
    for (const one of before) {
      for (const isChanged of [true, false]) {
        assert.deepEqual(hindrances(next(report(), isChanged), [one], none, now).waitsFor, [missing]);
      }
    }
  });

  it("is an ill node where the next would be replaced, and else a warning", () => {
    assert.deepEqual(hindrances(next(report(), true), [node(ill)], none, now), { waitsFor: [unlinked], warnings: [] });
    assert.deepEqual(hindrances(next(report(), false), [node(ill)], none, now), { waitsFor: [], warnings: [unlinked] });
  });

  it("is a node that was replaced until it is healthy, and not only until it has reported", () => {
    for (const isChanged of [true, false]) {
      assert.deepEqual(hindrances(next(report(), isChanged), [node(ill)], sessions0, now).waitsFor, [unlinked]);
      assert.deepEqual(hindrances(next(report(), isChanged), [node(report())], sessions0, now).waitsFor, []);
    }
  });

  it("is what a primary has alone, should it be replaced", () => {
    const why = "sessions-1: it is the primary, and no replica follows it: its values would be lost";
    assert.deepEqual(hindrances(next(alone, true), [], none, now).waitsFor, [why]);
    assert.deepEqual(hindrances(next(alone, false), [], none, now).waitsFor, []);
    assert.deepEqual(hindrances(next(report(), true), [], none, now).waitsFor, []);
  });

  it("is told of every node", () => {
    const before = [node(ill), node(report()), node(ill, { name: "sessions-2", instanceId: "i-0c" })];
    assert.deepEqual(hindrances(next(report(), true), before, none, now).waitsFor, [
      "sessions-2 (i-0c): it has not reported since it was changed",
      unlinked,
    ]);
  });
});

describe("what keeps an update from being over", () => {
  it("are nodes that it has replaced, and none of those that are being made", () => {
    const replaced = node(report({ instanceId: "i-0b" }));
    assert.deepEqual(unfinished([replaced, node("nothing yet"), node(report())], none, now), {
      waitsFor: [missing],
      warnings: [],
    });
  });

  it("are not ill ones that it has left alone: of them it warns", () => {
    assert.deepEqual(unfinished([node(ill)], none, now), { waitsFor: [], warnings: [unlinked] });
  });

  it("is one that it has replaced until it is healthy", () => {
    assert.deepEqual(unfinished([node(ill)], sessions0, now), { waitsFor: [unlinked], warnings: [] });
    assert.deepEqual(unfinished([node(report())], sessions0, now), { waitsFor: [], warnings: [] });
    assert.deepEqual(unfinished([node(report())], none, now), { waitsFor: [], warnings: [] });
  });
});
