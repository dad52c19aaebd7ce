import assert from "node:assert/strict";
import { clusterHealth, membersSum, notSpreadBecause, readCluster } from "../../../src/plan/clusterHealth.js";
import { membersText } from "../../../src/plan/members.js";
import { unhealthyBecause, type HealthReport } from "../../../src/plan/health.js";
import { hindrances, notSpread, type UpdatedNode } from "../../../src/plan/rollingChange.js";
import { samplePlan, sharded } from "../../support/sample.js";

const now = new Date("2026-11-29T16:30:00Z");
const { cluster, refreshIntervalSeconds } = samplePlan(sharded());
assert.ok(cluster);
const planned = clusterHealth(cluster, refreshIntervalSeconds);
const list = membersSum(membersText(cluster.members));

const replica = "role:slave\nmaster_link_status:up\nmaster_sync_in_progress:0";
const primary = "role:master\nslave0:ip=127.82.0.2,port=6379,state=online";
const alone = "role:master";

interface Seen {
  readonly state?: string;
  readonly members?: string;
  readonly slots?: number;
  readonly strangers?: number;
  readonly misplaced?: number;
}

function report(role: string, seen: Seen = {}, time = "2026-11-29T16:29:00Z"): HealthReport {
  const { state = "ok", members = list, slots = 0, strangers = 0, misplaced = 0 } = seen;
  const lines = [
    ...[role, `cluster_state:${state}`, `members:${members}`, `slots:${slots}`],
    ...[`strangers:${strangers}`, `misplaced:${misplaced}`],
  ];
  return { schemaVersion: 1, instanceId: "i-0a", instanceType: "m6i.large", replication: lines.join("\n"), time };
}

function node(was: UpdatedNode["was"], reported: UpdatedNode["reported"], name = "sessions-0-0"): UpdatedNode {
  return { name, instanceId: "i-0a", instanceType: "m6i.large", was, reported };
}

describe("what a node of a cluster reports", () => {
  it("is read as its script writes it", () => {
    const seen = { state: "fail", slots: 5461, strangers: 3, misplaced: 17 };
    assert.deepEqual(readCluster(report(primary, seen)), {
      ...{ isOk: false, members: list, slots: 5461, strangers: 3, misplaced: 17 },
    });
    assert.equal(readCluster({ ...report(primary), replication: primary }), undefined);
  });

  it("is of health where it is in touch with most primaries, and a copy is where one is to be", () => {
    const why = (role: string, seen?: Seen, hasReplicas?: boolean) =>
      unhealthyBecause(report(role, seen), now, hasReplicas);
    assert.equal(why(replica), undefined);
    assert.equal(why(primary), undefined);
    assert.equal(why(alone), "it is the primary, and no replica follows it");
    assert.equal(why(alone, {}, false), undefined);
    for (const role of [replica, primary])
      assert.equal(why(role, { state: "fail" }), "it is not in touch with most of the primaries");
  });

  it("tells whether slots are spread by the list of the plan", () => {
    const why = (seen: Seen) => notSpreadBecause(report(primary, seen), planned);
    assert.equal(why({}), undefined);
    assert.equal(why({ members: "0".repeat(16) }), "it has not got the list of all nodes yet");
    assert.equal(why({ strangers: 1 }), "1 slot of nodes that go are still with them");
    assert.equal(why({ misplaced: 20 }), "20 slots are not yet where they are to be");
    assert.equal(
      notSpreadBecause({ ...report(primary), replication: primary }, planned),
      "it does not tell of the cluster",
    );
  });
});

describe("what keeps an update of a cluster from being over", () => {
  it("are slots that are not where they are to be, as any node tells that was there before", () => {
    const late = report(primary, { misplaced: 30, strangers: 30 });
    assert.deepEqual(notSpread([node("kept", report(replica)), node("changed", late, "sessions-1-0")], now, planned), {
      waitsFor: ["sessions-1-0: 30 slots of nodes that go are still with them"],
      warnings: [],
      left: 30,
    });
    assert.deepEqual(notSpread([node("kept", report(replica)), node("made", late)], now, planned).waitsFor, []);
  });

  it("is told once of many nodes that say the same", () => {
    const behind = report(replica, { members: "0".repeat(16) });
    const nodes = [...["sessions-0-0", "sessions-0-1", "sessions-1-0"].map((name) => node("kept", behind, name))];
    assert.deepEqual(
      notSpread([...nodes, node("kept", report(primary, { misplaced: 2 }), "sessions-1-1")], now, planned),
      {
        waitsFor: [
          "sessions-0-0 and 2 other nodes: it has not got the list of all nodes yet",
          "sessions-1-1: 2 slots are not yet where they are to be",
        ],
        warnings: [],
      },
    );
  });

  it("tells what is left once all go by the new list: by the one before it nothing was, and all that follows would be more", () => {
    const moving = node("kept", report(primary, { misplaced: 4096 }), "sessions-1-0");
    const left = (members?: string) =>
      notSpread([node("kept", report(replica, members === undefined ? {} : { members })), moving], now, planned).left;
    assert.deepEqual([left("0".repeat(16)), left()], [undefined, 4096]);
  });

  it("is waited for longer by as much as slots wait before they move", () => {
    const minutes = [60, 300, 3600].map((seconds) => clusterHealth(cluster, seconds).patienceMinutes);
    assert.deepEqual(minutes, [32, 40, 150]);
  });

  it("is nothing where all nodes are new, and not to know where none of the others tells", () => {
    assert.deepEqual(notSpread([node("made", "nothing yet")], now, planned).waitsFor, []);
    const silent = [node("kept", "nothing yet"), node("kept", report(primary, {}, "2026-11-29T16:00:00Z"))];
    assert.deepEqual(notSpread(silent, now, planned).waitsFor, ["no node tells where the slots are"]);
  });
});

describe("what stands in the way of a change of a cluster's node", () => {
  const next = (reported: UpdatedNode["reported"], peer?: UpdatedNode["reported"]) => ({
    name: "sessions-0-0",
    changes: true,
    reported,
    peers: peer === undefined ? [] : [{ name: "sessions-0-1", reported: peer }],
  });
  const ill = report("role:slave");

  it("is another of its shard that is not well, also one that comes later, unless it is not well itself", () => {
    const waits = (own: UpdatedNode["reported"], peer: UpdatedNode["reported"]) =>
      hindrances(next(own, peer), [], now, planned).waitsFor;
    assert.deepEqual(waits(report(primary), report(replica)), []);
    assert.deepEqual(waits(report(primary), "nothing yet"), []);
    assert.deepEqual(waits(report(primary), ill), ["sessions-0-1: it has no link to a primary"]);
    assert.deepEqual(waits(ill, ill), []);
  });

  it("is what it has alone, where others are to have it as well", () => {
    const waits = (seen: Seen, plan = planned) =>
      hindrances(next(report(alone, seen)), [], now, plan).waitsFor.map((text) => text.split(":")[0]);
    assert.deepEqual(waits({ slots: 5461 }), ["sessions-0-0"]);
    assert.deepEqual(waits({ slots: 0 }), []);
    assert.deepEqual(waits({ slots: 5461 }, { ...planned, hasReplicas: false }), []);
  });

  it("is a replica that it would hand over to, where none is to be", () => {
    const waits = (role: string, hasReplicas: boolean) =>
      hindrances(next(report(role)), [], now, { ...planned, hasReplicas }).waitsFor.map(
        (text) => text.split(" that")[0],
      );
    assert.deepEqual(waits(primary, false), ["sessions-0-0: replicas follow it"]);
    assert.deepEqual([waits(primary, true), waits(alone, false)], [[], []]);
  });
});
