import assert from "node:assert/strict";
import fc from "fast-check";
import {
  healthParameterName,
  healthTimes,
  notReportedYet,
  readReport,
  unhealthyBecause,
  type HealthReport,
} from "../../../src/plan/health.js";

const now = new Date("2026-11-29T16:30:00Z");

const replica = "role:slave\nmaster_link_status:up\nmaster_sync_in_progress:0";
const online = "slave0:ip=127.82.0.2,port=6379,state=online";

function report(replication: string, time = "2026-11-29T16:29:00Z"): HealthReport {
  return { schemaVersion: 1, instanceId: "i-0a", instanceType: "m6i.large", replication, time };
}

describe("what a node reports of itself", () => {
  it("is read as it is written, and is nothing yet before", () => {
    const given = report(replica);
    assert.deepEqual(readReport(JSON.stringify(given)), given);
    assert.equal(readReport(notReportedYet), "nothing yet");
    assert.equal(readReport(undefined), "nothing yet");
  });

  it("is no report when it has another form, and then not taken for nothing yet", () => {
    const nameless: unknown = { ...report(replica), instanceId: undefined };
    const others: unknown[] = [
      "",
      "{}",
      nameless,
      { ...report(replica), schemaVersion: 2 },
      { ...report(replica), time: "now" },
      { ...report(replica), time: "2026-11-29T25:30:00Z" },
      { ...report(replica), time: "2026-11-29T16:30:00" },
      { ...report(replica), replication: 1 },
      [report(replica)],
      null,
      { ...report(replica), more: 1 },
    ];
    for (const other of others) {
      const text = typeof other === "string" ? other : JSON.stringify(other);
      assert.equal(readReport(text), "no report", text);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(readReport(text), "no report");
      }),
    );
  });

  const table: readonly [what: string, replication: string, because: string | undefined][] = [
    ["a replica that follows", replica, undefined],
    ["with carriage returns", `${replica.replaceAll("\n", "\r\n")}\r`, undefined],
    ["a replica without a primary", replica.replace(":up", ":down"), "it has no link to a primary"],
    ["a replica without a word of its link", "role:slave", "it has no link to a primary"],
    [
      "a replica that still copies",
      replica.replace(":up", ":down").replace("progress:0", "progress:1"),
      "it still copies the primary's values",
    ],
    ["a primary that is followed", `role:master\n${online}`, undefined],
    ["a primary with ten followers", `role:master\n${online.replace("slave0", "slave10")}`, undefined],
    ["a primary alone", "role:master", "it is the primary, and no replica follows it"],
    [
      "a primary whose follower still copies",
      `role:master\n${online.replace("online", "wait_bgsave")}`,
      "it is the primary, and no replica follows it",
    ],
    ["a Redis that does not answer", "", "its Redis does not answer"],
    [
      "one that is too old to be started",
      "\ntoo_old:redis-tools 5:7.0.15-1~deb12u9 is older than 5:7.0.15-1~deb12u10",
      'redis-tools 5:7.0.15-1~deb12u9 is older than 5:7.0.15-1~deb12u10 and not started (docs/operating.md, "A server that is too old")',
    ],
    ["one that says so in other words", "too_old:\u001b[2J 1 is older than 2", "its Redis does not answer"],
    ["one that runs, whatever it was", `${replica}\ntoo_old:redis-tools 1 is older than 2`, undefined],
    ["one of a role that there is not", "role:sentinel", "its Redis does not answer"],
  ];
  for (const [what, replication, because] of table) {
    it(`is judged: ${what}`, () => {
      assert.equal(unhealthyBecause(report(replication), now), because);
    });
  }

  it("is none of health when there is none", () => {
    assert.equal(unhealthyBecause("nothing yet", now), "it has not reported yet");
    assert.equal(unhealthyBecause("no report", now), "its parameter holds no report");
  });

  it("is too old, or of a clock that is too far ahead, when three reports are missing", () => {
    const at = (seconds: number): HealthReport =>
      report(replica, new Date(now.getTime() + seconds * 1000).toISOString().replace(".000", ""));
    const { staleSeconds, reportSeconds } = healthTimes;
    assert.equal(staleSeconds, 3 * reportSeconds);
    for (const seconds of [0, -staleSeconds, staleSeconds]) assert.equal(unhealthyBecause(at(seconds), now), undefined);
    assert.equal(unhealthyBecause(at(-staleSeconds - 1), now), "it last reported at 2026-11-29T16:23:59Z");
    assert.equal(unhealthyBecause(at(staleSeconds + 1), now), "it last reported at 2026-11-29T16:36:01Z");
  });

  it("is in a parameter that is named as the node's secret is, which no other cache has", () => {
    const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-0-server-0a1b2c3-AbCdEf";
    assert.equal(healthParameterName(arn), "/hipaa-redis/sessions-0-server-0a1b2c3-AbCdEf");
  });
});
