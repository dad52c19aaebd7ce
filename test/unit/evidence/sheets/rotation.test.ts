import assert from "node:assert/strict";
import type { CacheArguments } from "../../../../src/arguments/cacheArguments.js";
import type { DatedEvidence } from "../../../../src/evidence/sheets/rotation.js";
import { refuseOtherCache, rotationHistory } from "../../../../src/evidence/sheets/rotation.js";
import { sampleEvidence } from "../../../support/sample.js";

function dated(name: string, rotation: CacheArguments["rotation"], from: string, looks: string[] = []): DatedEvidence {
  const evidence = sampleEvidence(rotation === undefined ? {} : { rotation });
  const certificates = evidence.deployed.certificates.map((one) =>
    one.name.startsWith("sessions-ca-1")
      ? one
      : { ...one, validFrom: `${from}T00:00:00Z`, validUntil: "2027-12-01T00:00:00Z" },
  );
  return { name, looks, evidence: { ...evidence, deployed: { ...evidence.deployed, certificates } } };
}

const now = dated("now.json", { authority: 2 }, "2026-11-10", ["2026-11-20T01:02:03Z", "2026-11-20T01:02:03Z"]);
const before = dated("before.json", undefined, "2026-11-05", ["2026-11-07T00:00:00Z", "2026-11-06T00:00:00Z"]);

function rows(kind: string, ...previous: readonly DatedEvidence[]): (string | undefined)[][] {
  return rotationHistory(now, previous)
    .rows.filter((row) => row.kind === kind)
    .map((row) => [row.name, row.now, row.knownFrom, row.inUseOnOrAfter, row.seenInUse]);
}

describe("the rotation history", () => {
  it("of one evidence has the generations of now, and claims nothing of before", () => {
    assert.deepEqual(rows("authority"), [
      ["1", "accepted", "now.json", "", ""],
      ["2", "in use", "now.json", "2026-11-10", "2026-11-20"],
      ["3", "accepted", "now.json", "", ""],
    ]);
    assert.deepEqual(rows("keys"), [["2.1", "in use", "now.json", "2026-11-10", "2026-11-20"]]);
  });

  it("of several has what was in use in each, since when at the latest, and when somebody has looked", () => {
    assert.deepEqual(rows("authority", before), [
      ["1", "accepted", "before.json, now.json", "2026-11-05", "2026-11-06, 2026-11-07"],
      ["2", "in use", "before.json, now.json", "2026-11-10", "2026-11-20"],
      ["3", "accepted", "now.json", "", ""],
    ]);
    assert.deepEqual(rows("keys", before), [
      ["1.1", "no longer accepted", "before.json", "2026-11-05", "2026-11-06, 2026-11-07"],
      ["2.1", "in use", "now.json", "2026-11-10", "2026-11-20"],
    ]);
    assert.deepEqual(rows("passwords", before)[0], [
      "1",
      "in use",
      "before.json, now.json",
      "2026-11-05",
      "2026-11-06, 2026-11-07, 2026-11-20",
    ]);
  });

  it("has each certificate once, with its dates, and which are deployed no more", () => {
    const certificates = rotationHistory(now, [before]).rows.filter(({ kind }) => kind === "certificate");
    const server = certificates.filter(({ name }) => name === "sessions-0-server");
    assert.deepEqual(
      server.map((row) => [row.now, row.validFrom, row.validUntil, row.knownFrom]),
      [
        ["no longer deployed", "2026-11-05T00:00:00Z", "2027-12-01T00:00:00Z", "before.json"],
        ["deployed", "2026-11-10T00:00:00Z", "2027-12-01T00:00:00Z", "now.json"],
      ],
    );
    const kept = certificates.filter(({ name }) => name === "sessions-ca-1");
    assert.deepEqual(
      kept.map((row) => [row.now, row.knownFrom]),
      [["deployed", "before.json, now.json"]],
    );
  });

  it("is in the order of the evidence's certificates, whatever order the files are given in", () => {
    const oldest = dated("oldest.json", undefined, "2026-11-02");
    assert.deepEqual(rows("keys", before, oldest), rows("keys", oldest, before));
    assert.equal(rows("keys", before, oldest)[0]?.[2], "oldest.json (no signed record is of it), before.json");
  });

  it("is of one cache: earlier evidence of another, or of another deployment, is refused", () => {
    const { evidence } = before;
    const given = (change: object, deployed: object = {}): (() => void) => {
      const other = { ...evidence, ...change, deployed: { ...evidence.deployed, ...deployed } };
      return () => {
        refuseOtherCache(now.evidence, { name: "x.json", evidence: other });
      };
    };
    given({})();
    assert.throws(given({ cache: "billing" }), /^Error: --previous: x.json is the evidence of the cache billing /);
    const kmsKeyArn = "arn:aws:kms:us-east-1:000000000000:key/2";
    assert.throws(given({}, { kmsKeyArn }), /with the key arn:aws:kms:us-east-1:000000000000:key\/2, not of sessions /);
  });
});
