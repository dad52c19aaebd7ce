import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../../src/evidence/assess.js";
import { evidenceOscal } from "../../../../src/evidence/oscal/documents.js";
import type { VerificationRecord } from "../../../../src/evidence/record.js";
import { evidenceOfAws, heldRecord, looked, now, signed, withAttested, withFinding } from "../heldRecord.js";
import { contentOf, type Observation, type Result } from "./documents.js";

const evidence = evidenceOfAws({ clients: ["web", "worker"] });
const earlier = "2026-11-19T00:00:00.000Z";

const judge = (...records: readonly VerificationRecord[]): Assessment =>
  assess(evidence, { date: now, verifications: records.map((record) => signed(record)) });

function resultOf(assessment: Assessment): Result {
  const document = evidenceOscal(assessment, { date: now })["oscal-assessment-results.json"];
  const [result] = (contentOf(document) as { results: Result[] }).results;
  assert.ok(result);
  return result;
}

const outcome = ({ props }: Observation): string | undefined => props.find(({ name }) => name === "outcome")?.value;
const safeguard = ({ props }: Observation): string | undefined => props.find(({ name }) => name === "safeguard")?.value;
const finding = ({ findings = [] }: Result, target: string) =>
  findings.find((one) => one.target["target-id"] === target);
const unseen = ({ props = [] }: Result, control: string): string[] =>
  props.filter(({ name, group }) => name === "not-looked-at" && group === control).map(({ value }) => value);
const excluded = ({ "reviewed-controls": { "control-selections": selections } }: Result): string[] =>
  selections.flatMap((one) => one["exclude-controls"] ?? []).map((one) => one["control-id"]);

describe("the assessment results", () => {
  it("have no observation and no finding where nobody has looked, and say so", () => {
    const assessment = judge();
    const result = resultOf(assessment);
    assert.deepEqual([result.observations, result.findings, result.end], [undefined, undefined, undefined]);
    assert.equal(result.start, now.toISOString());
    assert.match(result.description, /^Nobody has looked/);
    const checks = assessment.controls.flatMap(({ seen }) => seen.checks);
    assert.equal(result.props?.length, checks.length);
    assert.deepEqual(result["reviewed-controls"]["control-selections"][0]?.["include-controls"], undefined);
    assert.ok(excluded(result).includes("sc-8"));
  });

  it("have none either where the records don't count", () => {
    const refused = { ...signed(heldRecord(evidence, "cache")), signature: { refused: "it is not signed" } };
    const { observations, findings } = resultOf(assess(evidence, { date: now, verifications: [refused] }));
    assert.deepEqual([observations, findings], [undefined, undefined]);
  });

  it("have an observation of each check in each place: commands TEST, people EXAMINE", () => {
    const assessment = judge(heldRecord(evidence, "cache", {}, true), heldRecord(evidence, "aws", { date: earlier }));
    const result = resultOf(assessment);
    const looks = assessment.controls.flatMap(({ seen }) => seen.checks).filter((one) => one.outcome === "holds");
    assert.ok(looks.length > 50);
    assert.equal(result.observations?.length, looks.length);
    assert.deepEqual([result.start, result.end], [earlier, looked]);
    const byMethod = (method: string): Observation[] =>
      (result.observations ?? []).filter(({ methods }) => methods.join(" ") === method);
    assert.equal(byMethod("EXAMINE").length, looks.filter(({ by }) => by === "person").length);
    assert.equal(byMethod("TEST").length, looks.filter(({ by }) => by !== "person").length);
    assert.deepEqual(
      [...new Set(byMethod("EXAMINE").flatMap(({ subjects }) => subjects.map(({ type }) => type)))],
      ["party"],
    );
    assert.ok(byMethod("TEST").every((one) => outcome(one) === "holds" && one["relevant-evidence"]?.length === 1));
  });

  it("have a record once that was given twice, and no id twice", () => {
    const node = heldRecord(evidence, "cache");
    const documents = (...records: readonly VerificationRecord[]): object =>
      evidenceOscal(judge(...records), { date: now });
    assert.deepEqual(documents(node, node), documents(node));
    // The control case: another look at the same host.
    const again = { ...node, nonce: "0c", date: earlier };
    assert.equal(judge(node, node, again).records.counted.length, 2);
    assert.notDeepEqual(documents(node, again), documents(node));
  });

  it("have no EXAMINE of what nobody has attested", () => {
    const asked = heldRecord(evidence, "cache", {}, true);
    const [shows = ""] = judge().controls.flatMap(({ id, checks }) =>
      id === "multi-factor" ? checks.map((check) => check.shows) : [],
    );
    const examined = (record: VerificationRecord): boolean =>
      (resultOf(judge(record)).observations ?? []).some(
        (one) => safeguard(one) === "multi-factor" && one.methods.includes("EXAMINE"),
      );
    assert.ok(!examined(withFinding(asked, "multi-factor", shows, "nobody has attested it")));
    assert.ok(examined(asked));
    assert.ok(examined(withFinding(asked, "multi-factor", shows, "failed on 2026-11-01 by Ada: no keys")));
  });

  it("name node, account, and the hosts of each client as subjects, and say when", () => {
    const result = resultOf(judge(heldRecord(evidence, "client"), heldRecord(evidence, "aws", { date: earlier })));
    const subjects = new Map(
      (result.observations ?? []).map(({ collected, subjects: [one] }) => [
        one?.["subject-uuid"],
        [one?.type, collected],
      ]),
    );
    assert.deepEqual([...subjects.values()].sort(), [
      ["component", earlier],
      ["component", looked],
    ]);
    const nodes = resultOf(judge(heldRecord(evidence, "cache")));
    const [uuid] = nodes.observations?.flatMap(({ subjects: all }) => all.map((one) => one["subject-uuid"])) ?? [];
    const items = nodes["local-definitions"]["inventory-items"];
    assert.equal(items.find((one) => one.uuid === uuid)?.description, "node sessions-0");
  });

  it("are satisfied only where everything was looked at, and keep the rest apart", () => {
    const node = resultOf(judge(heldRecord(evidence, "cache", {}, true)));
    // On the node alone.
    assert.deepEqual(finding(node, "ac-2.5_smt")?.target.status, { state: "satisfied", reason: "pass" });
    // On clients as well, of which there are two.
    assert.equal(finding(node, "sc-8_smt"), undefined);
    assert.ok(!excluded(node).includes("sc-8"));
    assert.ok(unseen(node, "tls").some((one) => one.startsWith("the app host of worker: ")));
    const some = resultOf(
      judge(heldRecord(evidence, "cache", {}, true), heldRecord(evidence, "client"), heldRecord(evidence, "aws")),
    );
    assert.equal(finding(some, "sc-8_smt"), undefined);
    assert.ok(unseen(some, "tls").every((one) => one.startsWith("the app host of worker: ")));
    const worker = heldRecord(evidence, "client", { host: "i-0c worker.client.sessions.hipaa-redis.internal worker" });
    const all = resultOf(
      judge(
        heldRecord(evidence, "cache", {}, true),
        heldRecord(evidence, "client"),
        worker,
        heldRecord(evidence, "aws"),
      ),
    );
    assert.deepEqual(finding(all, "sc-8_smt")?.target.status, { state: "satisfied", reason: "pass" });
    assert.deepEqual([all.props, excluded(all)], [undefined, []]);
    assert.ok(all.findings?.every(({ target }) => target.status.state === "satisfied"));
  });

  it("are not satisfied where a check does not hold, with its words, and the safeguards that answer none of NIST's too", () => {
    const node = withFinding(heldRecord(evidence, "cache", {}, true), "tls", "Redis has no network", "lo eth0");
    const result = resultOf(judge(node));
    const failed = finding(result, "sc-8_smt");
    assert.deepEqual(failed?.target, {
      type: "statement-id",
      "target-id": "sc-8_smt",
      status: { state: "not-satisfied", reason: "fail" },
    });
    assert.match(failed.description, /^Encryption in transit: not met\./);
    const [seen, ...others] = result.observations?.filter((one) => outcome(one) === "finding") ?? [];
    assert.deepEqual(
      [seen?.description, seen?.remarks],
      ["Redis has no network", "sessions-0: expected x; found: lo eth0"],
    );
    assert.deepEqual(others, []);
    assert.ok(failed["related-observations"].some((one) => one["observation-uuid"] === seen?.uuid));
    const agreement = finding(result, "business-associate-agreement");
    assert.deepEqual([agreement?.target.type, agreement?.target.status.state], ["objective-id", "satisfied"]);
  });

  it("tell a choice of the user's from a check that failed", () => {
    const weak = evidenceOfAws({ operatorIdleLogoffMinutes: 60 });
    const records = [signed(heldRecord(weak, "cache"))];
    const seen = resultOf(assess(weak, { date: now, verifications: records }));
    assert.deepEqual(finding(seen, "ac-2.5_smt")?.target.status, { state: "not-satisfied", reason: "other" });
    assert.equal(finding(resultOf(assess(weak, { date: now })), "ac-2.5_smt"), undefined);
  });

  it("have what people attested in their words, and what is wrong on a host that is no part of the cache", () => {
    const attested = withAttested(heldRecord(evidence, "cache", {}, true), "multi-factor", "ada, 2026-11-01: by key");
    const strange = withFinding(
      heldRecord(evidence, "cache", { host: "i-0d strange" }),
      "tls",
      "Redis has no network",
      "",
    );
    const result = resultOf(judge(attested, strange));
    const factor = result.observations?.find((one) => safeguard(one) === "multi-factor");
    assert.equal(factor?.remarks, "ada, 2026-11-01: by key");
    const other = result.observations?.find(({ remarks = "" }) => remarks.startsWith("i-0d strange "));
    assert.equal(other?.remarks, "i-0d strange (no part of this cache): expected x; found: nothing");
    const item = result["local-definitions"]["inventory-items"].find(
      ({ uuid }) => uuid === other.subjects[0]?.["subject-uuid"],
    );
    assert.equal(item?.description, "A host that is no part of the cache: i-0d strange");
    assert.equal(finding(result, "sc-8_smt")?.target.status.state, "not-satisfied");
  });
});
