import assert from "node:assert/strict";
import { assess, type Assessment, type AssessOptions } from "../../../src/evidence/assess.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import type { GivenRecord } from "../../../src/evidence/records.js";
import { sampleEvidence } from "../../support/sample.js";
import { evidenceOfAws, heldRecord, hosts, now, signed } from "./heldRecord.js";

const evidence = evidenceOfAws();
const emulated = sampleEvidence();
const sts = "https://sts.us-east-1.amazonaws.com";

interface Forged {
  readonly what: string;
  readonly given: GivenRecord;
  readonly reasons: readonly string[];
  readonly of?: Evidence;
  readonly options?: AssessOptions;
}

function refused(what: string, record: VerificationRecord, reason: string, more: Partial<Forged> = {}): Forged {
  return { what, given: signed(record), reasons: [reason], ...more };
}

function unsigned(what: string, reason: string): Forged {
  const given = { name: "record.json", record: heldRecord(evidence, "cache"), signature: { refused: reason } };
  return { what, given, reasons: [reason] };
}

const other = "it was judged by other evidence than this report's";

/** Each says that every check holds. */
const forged: readonly Forged[] = [
  refused(
    "of another cache",
    heldRecord(evidence, "cache", { cache: "billing" }),
    "it is about the cache billing, not sessions",
  ),
  refused(
    "of 2021",
    heldRecord(evidence, "cache", { date: "2021-05-01T00:00:00.000Z" }),
    "it is of 2021-05-01, more than 31 days ago",
  ),
  refused(
    "a second older than may be",
    heldRecord(evidence, "cache", { date: "2026-10-22T01:02:02.000Z" }),
    "it is of 2026-10-22, more than 31 days ago",
  ),
  refused("older than this report takes", heldRecord(evidence, "cache"), "it is of 2026-11-20, more than 1 day ago", {
    options: { maxRecordAgeDays: 1 },
  }),
  refused(
    "of the future",
    heldRecord(evidence, "cache", { date: "2026-11-22T01:07:04.000Z" }),
    "it is dated in the future, 2026-11-22T01:07:04.000Z",
  ),
  unsigned("that nobody has signed", "it is not signed: there is no record.json.sig"),
  unsigned("that a key has signed which may not, or that was changed since", "its signature is not that of a key"),
  refused("judged by other evidence", heldRecord(evidence, "cache", { evidenceSha256: "0".repeat(64) }), other),
  refused(
    "judged by the evidence of before a client came",
    heldRecord(evidenceOfAws({ clients: ["api"] }), "cache"),
    other,
  ),
  refused(
    "of AWS, where an emulation answered",
    heldRecord(evidence, "aws", { host: "123456789012 http://127.0.0.1:4566 laptop" }),
    "it is of an emulated AWS account: not AWS but http://127.0.0.1:4566 answered",
  ),
  refused(
    "of AWS, where somebody's own server answered, too",
    heldRecord(evidence, "aws", { host: `123456789012 https://amazonaws.com.example.com ${sts} laptop` }),
    "it is of an emulated AWS account: not AWS but https://amazonaws.com.example.com answered",
  ),
  refused(
    "of AWS, of an account that is an emulation's",
    heldRecord(emulated, "aws", { host: `000000000000 ${sts} laptop` }),
    "it is of an emulated AWS account: 000000000000 is none of AWS's",
    { of: emulated },
  ),
  refused(
    "of another AWS account",
    heldRecord(evidence, "aws", { host: `210987654321 ${sts} laptop` }),
    "it is of the AWS account 210987654321, not 123456789012",
  ),
  refused(
    "of AWS, of no account",
    heldRecord(evidence, "aws", { host: `${sts} laptop` }),
    "it does not say which AWS account was looked at",
  ),
  refused(
    "of AWS, of an answer from nowhere",
    heldRecord(evidence, "aws", { host: "123456789012 laptop" }),
    "it does not say which AWS account was looked at",
  ),
];

/** All that a report says of statuses. */
function statuses({ controls, hipaa, article, proposed, coverage }: Assessment): object {
  return {
    controls: controls.map(({ seen, status, missing }) => ({ seen, status, missing })),
    hipaa,
    article,
    proposed,
    coverage,
  };
}

function met({ controls }: Assessment): string[] {
  return controls.filter(({ status }) => status === "met").map(({ id }) => id);
}

describe("a record that does not count", () => {
  for (const { what, given, reasons, of = evidence, options = {} } of forged) {
    it(`changes no status, and is named with its reason: one ${what}`, () => {
      const judged = assess(of, { date: now, verifications: [given], ...options });
      assert.deepEqual(statuses(judged), statuses(assess(of)));
      assert.deepEqual(judged.records, { counted: [], refused: [{ name: "record.json", reasons }] });
    });
  }

  it("is told with all that speaks against it", () => {
    const record = heldRecord(evidence, "aws", { cache: "billing", date: "2021-01-01T00:00:00.000Z", host: "x" });
    const given = { name: "billing.json", record, signature: { refused: "it is not signed" } };
    assert.deepEqual(assess(evidence, { date: now, verifications: [given] }).records.refused[0]?.reasons, [
      "it is not signed",
      "it is about the cache billing, not sessions",
      "it is of 2021-01-01, more than 31 days ago",
      "it does not say which AWS account was looked at",
    ]);
  });

  it("is named once, however often it is given", () => {
    const { given } = unsigned("", "it is not signed");
    const named = (...verifications: GivenRecord[]): string[] =>
      assess(evidence, { date: now, verifications }).records.refused.map(({ name }) => name);
    assert.deepEqual(named(given, given), ["record.json"]);
    // The control case: another file.
    assert.deepEqual(named(given, { ...given, name: "other.json" }), ["record.json", "other.json"]);
  });

  it("hides none that does, though it is given with one", () => {
    const good = signed(heldRecord(evidence, "client"));
    const others = forged.filter(({ of, options }) => of === undefined && options === undefined);
    const [alone, among] = [[good], [...others.map(({ given }) => given), good]].map((verifications) =>
      statuses(assess(evidence, { date: now, verifications })),
    );
    assert.deepEqual(among, alone);
    assert.notDeepEqual(alone, statuses(assess(evidence)));
  });
});

describe("a record of a host that is no part of the cache", () => {
  for (const [target, host] of [
    ["cache", "i-0b ip-10-0-0-100"],
    ["cache", "sessions-0"],
    ["client", "i-0b api.client.sessions.hipaa-redis.internal web"],
    ["client", "i-0b web.client.billing.hipaa-redis.internal web"],
  ] as const) {
    it(`shows nothing by what holds there: ${target}, ${host}`, () => {
      const judged = assess(evidence, { date: now, verifications: [signed(heldRecord(evidence, target, { host }))] });
      assert.deepEqual(statuses(judged), statuses(assess(evidence)));
    });
  }
});

describe("a record that counts", () => {
  const judged = (...verifications: GivenRecord[]): Assessment => assess(evidence, { date: now, verifications });

  it("is one of this cache, by this evidence, that is signed and young enough: the control case", () => {
    const youngest = heldRecord(evidence, "cache", { date: "2026-11-22T01:07:03.000Z" });
    const oldest = heldRecord(evidence, "cache", { date: "2026-10-22T01:02:03.000Z" });
    for (const record of [youngest, oldest, heldRecord(evidence, "cache")]) {
      const { records, controls } = judged(signed(record));
      assert.deepEqual(records.refused, []);
      assert.equal(records.counted[0]?.signedBy, "ada");
      assert.ok(met({ controls } as Assessment).includes("live-configuration"));
    }
  });

  it("makes met what it has looked at on all hosts, and no more: one host, then the others", () => {
    assert.deepEqual(met(judged()), []);
    const [cache, client, aws] = (["cache", "client", "aws"] as const).map((one) => signed(heldRecord(evidence, one)));
    assert.ok(cache && client && aws);
    const byNode = met(judged(cache));
    assert.ok(byNode.includes("operators") && !byNode.includes("wall"));
    const byHosts = met(judged(cache, client));
    assert.ok(byHosts.includes("wall") && !byHosts.includes("least-privilege"));
    const byAll = judged(cache, client, aws);
    assert.ok(met(byAll).includes("least-privilege"));
    assert.deepEqual(
      byAll.controls.filter(({ designed, status }) => designed === "met" && status !== "met").map(({ id }) => id),
      ["way-out", "no-values-in-errors", "documentation"],
    );
  });

  it("makes met what people have attested, and then everything is", () => {
    const all = [
      signed(heldRecord(evidence, "cache", {}, true)),
      ...(["client", "aws"] as const).map((one) => signed(heldRecord(evidence, one))),
    ];
    const { controls, coverage } = judged(...all);
    assert.deepEqual([...new Set(controls.map(({ status }) => status))].sort(), ["met", "not applicable"]);
    assert.equal(coverage.automatic.seen, coverage.automatic.of);
    assert.equal(coverage.attestations.seen, coverage.attestations.of);
  });

  it("of one of two app hosts leaves the other's part open", () => {
    const two = evidenceOfAws({ clients: ["web", "worker"] });
    const { controls, coverage } = assess(two, { date: now, verifications: [signed(heldRecord(two, "client"))] });
    assert.deepEqual(coverage.clients, { seen: 1, of: 2, unseen: ["worker"] });
    assert.deepEqual(coverage.nodes, { seen: 0, of: 1, unseen: ["sessions-0"] });
    assert.equal(controls.find(({ id }) => id === "transmission-integrity")?.status, "partly met");
    const worker = heldRecord(two, "client", { host: hosts.client.replace("i-0b web.", "i-0c worker.") });
    const both = assess(two, {
      date: now,
      verifications: [heldRecord(two, "client"), worker].map((one) => signed(one)),
    });
    assert.equal(both.controls.find(({ id }) => id === "transmission-integrity")?.status, "met");
  });

  it("of hosts counts in an emulated account too, where AWS's part stays open", () => {
    const verifications = (["cache", "client"] as const).map((one) => signed(heldRecord(emulated, one)));
    const { account, coverage } = assess(emulated, { date: now, verifications });
    assert.deepEqual([account, coverage.aws, coverage.nodes.seen], [{ id: "000000000000", emulated: true }, false, 1]);
  });
});
