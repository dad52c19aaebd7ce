import assert from "node:assert/strict";
import fc from "fast-check";
import { assess, type AssessedControl } from "../../../src/evidence/assess.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import type { Status } from "../../../src/evidence/status.js";
import { targets } from "../../../src/evidence/target.js";
import { evidenceOfAws, heldRecord, hosts, looked, now, signed, withFinding } from "./heldRecord.js";

const evidence = evidenceOfAws();
const later = "2026-11-21T00:00:00.000Z";
const [tls, wall] = ["sessions-0 speaks TLS 1.3", "root reaches the tunnel"] as const;

function control(id: string, ...records: readonly VerificationRecord[]): AssessedControl {
  const { controls } = assess(evidence, { date: now, verifications: records.map((one) => signed(one)) });
  const found = controls.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

describe("what was seen of a control", () => {
  const node = heldRecord(evidence, "cache");
  const client = heldRecord(evidence, "client");

  it("is not met with a finding, in its words, whatever the record sums up and whatever else holds", () => {
    const { status, seen } = control("tls", node, withFinding(client, "tls", tls, "TLSv1.2"));
    assert.equal(status, "not met");
    assert.deepEqual(seen.findings, [
      { shows: tls, where: "the app host of web", expected: "x", found: "TLSv1.2", date: looked },
    ]);
    assert.deepEqual(
      seen.checks.map(({ outcome }) => outcome),
      ["finding", "holds", "holds"],
    );
  });

  it("is what the last look at a host found, and of two of the same time the worse, in whatever order they are given", () => {
    const broken = withFinding(client, "tls", tls);
    const statusOf = (...records: VerificationRecord[]): Status => {
      const [one, other] = [control("tls", node, ...records), control("tls", ...records.reverse(), node)];
      assert.equal(one.status, other.status);
      return one.status;
    };
    assert.equal(statusOf(broken, { ...client, date: later }), "met");
    assert.equal(statusOf({ ...broken, date: later }, client), "not met");
    assert.equal(statusOf(broken, client), "not met");
    // Told by the moment, not by how it is written.
    assert.equal(statusOf({ ...broken, date: "2026-11-20T00:00:00Z" }, client), "not met");
  });

  it("takes each host of a client for itself, as its instance", () => {
    const second = { ...client, host: hosts.client.replace("i-0b", "i-0c"), date: later };
    const broken = withFinding(client, "wall", wall);
    assert.equal(control("wall", node, broken, second).status, "not met");
    assert.equal(control("wall", node, client, second).status, "met");
    assert.deepEqual(control("wall", node, client, second).seen.checks[1]?.dates, [later, looked]);
  });

  it("keeps the finding of a host that does not say which instance it is, whoever looks at others", () => {
    for (const host of ["web", "web.client.sessions.hipaa-redis.internal web", "sessions-0", "localhost localhost"]) {
      const broken = withFinding({ ...client, host }, "wall", wall);
      const others = [
        { ...client, host, date: later },
        { ...client, date: later },
        { ...node, host, date: later },
      ];
      for (const other of others) {
        assert.equal(control("wall", node, broken, other).status, "not met", `${host}, ${other.host}`);
        assert.equal(control("wall", node, other, broken).status, "not met", `${host}, ${other.host}`);
      }
    }
    // The control case: the same instance, looked at again.
    const broken = withFinding(client, "wall", wall);
    assert.equal(control("wall", node, broken, { ...client, date: later }).status, "met");
  });

  it("is of no place that a strange host only calls itself", () => {
    const strange = withFinding({ ...node, host: "sessions-0" }, "tls", "Redis has no network");
    const { status, seen } = control("tls", node, client, strange);
    assert.deepEqual(
      [status, seen.findings.map(({ where }) => where)],
      ["not met", ["sessions-0 (no part of this cache)"]],
    );
    assert.ok(seen.checks.every(({ outcome }) => outcome === "holds"));
  });

  it("is not met everywhere while hosts of a client are left that nobody has looked at, where the number is known", () => {
    const judged = (web: number, ...records: VerificationRecord[]): AssessedControl | undefined =>
      assess(evidence, {
        date: now,
        verifications: [node, ...records].map((one) => signed(one)),
        appHosts: { web },
      }).controls.find(({ id }) => id === "wall");
    const second = { ...client, host: hosts.client.replace("i-0b", "i-0c") };
    const one = judged(3, client);
    assert.deepEqual([one?.status, one?.missing], ["partly met", ["hosts"]]);
    const left = one?.seen.checks.find(({ outcome }) => outcome === "not looked at");
    assert.deepEqual([left?.place, left?.dates], [{ kind: "client", name: "web", others: 2 }, []]);
    assert.equal(judged(3, client, { ...client, date: later })?.status, "partly met");
    assert.equal(judged(3)?.seen.checks.length, judged(1)?.seen.checks.length);
    // The control cases.
    assert.equal(judged(2, client, second)?.status, "met");
    assert.equal(judged(1, client)?.status, "met");
    assert.throws(() => judged(1, client, second), /--app-hosts: web=1, but signed records are of 2 of its hosts/);
  });

  it("has a finding of a host that is no part of the cache, which shows nothing else", () => {
    const strange = withFinding({ ...client, host: "i-0d strange" }, "tls", tls);
    const { status, seen } = control("tls", strange);
    assert.equal(status, "not met");
    assert.equal(seen.findings[0]?.where, "i-0d strange (no part of this cache)");
    assert.ok(seen.checks.every(({ outcome }) => outcome === "not looked at"));
  });

  it("is told of a host by its instance's id and its certificate, not by the name that the machine has", () => {
    const [instance = ""] = hosts.cache.split(" ");
    const [, certified = ""] = hosts.client.split(" ");
    const seen = (record: VerificationRecord): boolean =>
      control("tls", record).seen.checks.some(({ outcome }) => outcome === "holds");
    for (const host of [`i-0d ${instance}`, instance, `i-0d ${instance} x`])
      assert.ok(!seen({ ...node, host }), `cache: ${host}`);
    for (const host of [`i-0d ${certified}`, certified, `i-0d other.internal ${certified}`])
      assert.ok(!seen({ ...client, host }), `client: ${host}`);
    // The control cases.
    assert.ok(seen({ ...node, host: `${instance} x` }));
    assert.ok(seen({ ...client, host: `i-0d other.internal ${certified} x` }));
  });

  it("has the attestations of people, from whichever record", () => {
    const asked = heldRecord(evidence, "cache", {}, true);
    assert.equal(control("multi-factor", asked).status, "met");
    const [shows = ""] = control("multi-factor").checks.map((check) => check.shows);
    const denied = control("multi-factor", withFinding({ ...asked, date: later }, "multi-factor", shows), asked);
    assert.deepEqual([denied.status, denied.seen.findings[0]?.where], ["not met", "your organisation"]);
    assert.equal(control("user-credentials", asked).missing.length, 0);
    assert.deepEqual(control("user-credentials").missing, ["organisation"]);
  });

  it("was not looked at by people where a record says that nobody has attested it", () => {
    const [shows = ""] = control("multi-factor").checks.map((check) => check.shows);
    const asked = heldRecord(evidence, "cache", {}, true);
    const none = withFinding(asked, "multi-factor", shows, "nobody has attested it");
    const { status, missing, seen } = control("multi-factor", none);
    assert.deepEqual([status, missing, seen.findings], ["organisation", ["organisation"], []]);
    const attestations = (record: VerificationRecord): number =>
      assess(evidence, { date: now, verifications: [signed(record)] }).coverage.attestations.seen;
    assert.equal(attestations(none), attestations(asked) - 1);
    // The control cases: somebody has attested it, and somebody has seen that it is not so.
    assert.equal(control("multi-factor", asked).status, "met");
    const failed = withFinding(asked, "multi-factor", shows, "failed on 2026-11-01 by Ada: no keys");
    assert.equal(control("multi-factor", failed).status, "not met");
    assert.equal(attestations(failed), attestations(asked));
  });

  it("is what the last attestation says, by the day when somebody looked, and of the same day the one that failed", () => {
    const said = (updated: string, status: "passed" | "failed", date = looked): VerificationRecord => {
      const asked = heldRecord(evidence, "cache", { date }, true);
      const controls = asked.controls.map((one) => ({
        ...one,
        checks: one.checks.map((check) =>
          check.by === "person"
            ? { ...check, holds: status === "passed", found: `${status} on ${updated} by Ada: x`, updated }
            : check,
        ),
      }));
      return { ...asked, controls };
    };
    const judged = (...records: VerificationRecord[]): Status[] =>
      [records, [...records].reverse()].map((all) => control("multi-factor", ...all).status);
    const twice = (status: Status): Status[] => [status, status];
    assert.deepEqual(judged(said("2026-11-10", "failed"), said("2026-11-01", "passed", later)), twice("not met"));
    assert.deepEqual(judged(said("2026-11-10", "passed"), said("2026-11-01", "failed", later)), twice("met"));
    assert.deepEqual(judged(said("2026-11-10", "failed"), said("2026-11-10", "passed", later)), twice("not met"));
    assert.deepEqual(
      judged(said("2026-11-10", "failed"), said("2026-11-10T12:00:00Z", "passed", later)),
      twice("not met"),
    );
    // A younger record whose file left the control out says nothing of it.
    const [shows = ""] = control("multi-factor").checks.map((check) => check.shows);
    const asked = heldRecord(evidence, "cache", { date: later }, true);
    const leftOut = withFinding(asked, "multi-factor", shows, "nobody has attested it");
    assert.deepEqual(judged(said("2026-11-10", "failed"), leftOut), twice("not met"));
    assert.deepEqual(judged(said("2026-11-10", "passed"), leftOut), twice("met"));
  });

  it("has of an attestation its own date, and that of the record beside it", () => {
    const asked = heldRecord(evidence, "cache", {}, true);
    const on = (updated: string, holds = true): AssessedControl => {
      const controls = asked.controls.map((one) => ({
        ...one,
        checks: one.checks.map((check) =>
          check.by === "person" ? { ...check, holds, found: `failed on ${updated} by Ada`, updated } : check,
        ),
      }));
      return control("multi-factor", { ...asked, controls });
    };
    const dates = ({ seen: { checks } }: AssessedControl): unknown => checks.map((one) => [one.dates, one.recorded]);
    assert.deepEqual(dates(on("2026-03-01")), [[["2026-03-01T00:00:00.000Z"], [looked]]]);
    assert.deepEqual(dates(on("2026-03-01T23:00:00-02:00")), [[["2026-03-02T01:00:00.000Z"], [looked]]]);
    assert.equal(on("2026-03-01", false).seen.findings[0]?.date, "2026-03-01T00:00:00.000Z");
    // The control case: of a command it is the record's.
    assert.deepEqual(control("tls", node).seen.checks.find(({ outcome }) => outcome === "holds")?.dates, [looked]);
  });

  it("is not met once an attestation has become due, though it held when it was recorded", () => {
    const until = (text: string): Status => {
      const asked = heldRecord(evidence, "cache", {}, true);
      const controls = asked.controls.map((one) => ({
        ...one,
        checks: one.checks.map((check) => (check.by === "person" ? { ...check, until: text } : check)),
      }));
      return control("multi-factor", { ...asked, controls }).status;
    };
    assert.equal(until("2026-11-22T01:02:04.000Z"), "met");
    assert.equal(until("2026-11-22T01:02:03.000Z"), "not met");
  });

  it("tells every check of a control from the others by what it shows", () => {
    for (const { id, checks } of assess(evidenceOfAws({ clients: ["web", "worker"] })).controls) {
      const names = checks.map(({ by, shows }) => `${by}: ${shows}`);
      assert.deepEqual([...new Set(names)], names, id);
    }
  });
});

describe("a further record", () => {
  const before = assess(evidence);
  const ids = before.controls.map(({ id }) => id);
  /** From the worst to the best. */
  const order: readonly Status[] = [
    "not met",
    "weakened",
    "not applicable",
    "designed",
    "alternative",
    "organisation",
    "partly met",
    "met",
  ];
  const rank = (status: Status): number => order.indexOf(status);

  /** Any record of this cache, in which any checks hold, fail or are missing. */
  const anyRecord = fc
    .record({
      target: fc.constantFrom(...targets),
      asksPeople: fc.boolean(),
      date: fc.constantFrom(looked, later, "2021-01-01T00:00:00.000Z"),
      cache: fc.constantFrom("sessions", "sessions", "billing"),
      isStrange: fc.boolean(),
      seed: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
    })
    .map(({ target, asksPeople, date, cache, isStrange, seed }) => {
      const host = isStrange ? "i-0f strange" : hosts[target];
      const whole = heldRecord(evidence, target, { date, cache, host }, asksPeople);
      const controls = whole.controls.map((one, at) => {
        const checks = one.checks.flatMap((check, index) => {
          const word = seed[(at + index) % seed.length] ?? 0;
          return word === 0 ? [] : [{ ...check, holds: word !== 1 }];
        });
        return { ...one, checks };
      });
      return { ...whole, controls };
    });

  it("never makes a control better than its own checks of it say, nor a requirement better than its controls", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 3 }), anyRecord, (records, further) => {
        const judge = (...all: readonly VerificationRecord[]) =>
          assess(evidence, { date: now, verifications: all.map((one) => signed(one)) });
        const [without, with_] = [judge(...records), judge(...records, further)];
        for (const [index, id] of ids.entries()) {
          const [one, other] = [without.controls[index], with_.controls[index]];
          assert.ok(one && other);
          const own = further.controls.find((control) => control.id === id)?.checks ?? [];
          if (rank(other.status) <= rank(one.status)) continue;
          assert.ok(
            own.some(({ holds }) => holds),
            `${id} is better by a record in which nothing of it holds`,
          );
          assert.equal(with_.records.counted.length, without.records.counted.length + 1, `${id} by a refused record`);
          assert.ok(other.status !== "met" || other.seen.checks.every(({ outcome }) => outcome === "holds"), id);
        }
        for (const list of ["hipaa", "article", "proposed"] as const) {
          for (const { status, controls } of with_[list]) {
            const answering = with_.controls.filter(({ id }) => controls.includes(id));
            if (status === "met") assert.ok(answering.every((one) => ["met", "not applicable"].includes(one.status)));
            if (answering.some((one) => one.status === "not met")) assert.equal(status, "not met");
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
