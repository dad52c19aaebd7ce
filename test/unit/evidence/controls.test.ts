import assert from "node:assert/strict";
import { assess, type AssessedControl, type Assessment } from "../../../src/evidence/assess.js";
import { controls } from "../../../src/evidence/controls/index.js";
import { proposedRequirements } from "../../../src/evidence/proposedRule.js";
import { articleRequirements, technicalSafeguards } from "../../../src/evidence/requirements.js";
import { sampleEvidence } from "../../support/sample.js";

/** Caches that differ in what controls say of them. */
const caches: readonly [string, Assessment][] = [
  ["the quickstart's", assess(sampleEvidence())],
  ["one without operators", assess(sampleEvidence({ operators: [], bastionCidrBlocks: [] }))],
  ["one with stunnel and scripting", assess(sampleEvidence({ tunnel: "stunnel", allowScripting: true }))],
];

describe("controls", () => {
  it("have ids of their own", () => {
    const ids = controls.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    for (const id of ids) assert.match(id, /^[a-z][a-z-]*$/);
  });

  it("answer something, and name NIST's controls in NIST's form", () => {
    for (const { id, hipaa, article, proposed, nist } of caches[0]?.[1].controls ?? []) {
      assert.ok([...hipaa, ...article, ...proposed, ...nist].length > 0, id);
      for (const one of nist) assert.match(one, /^[A-Z]{2}-\d+(\(\d+\))?$/, id);
    }
  });

  for (const [which, assessment] of caches) {
    it(`of ${which} cache each have a check, and say how they are met and what remains`, () => {
      for (const { id, checks, how, risk, demand } of assessment.controls) {
        assert.ok(checks.length > 0, `${id} has no check`);
        assert.ok(how.length > 0 && how.every((line) => line !== ""), id);
        for (const text of [risk.remains, risk.mitigation, demand]) assert.match(text, /\S.*\.$/, id);
      }
    });

    it(`of ${which} cache have checks whose expectations are sound`, () => {
      for (const check of assessment.controls.flatMap(({ checks }) => checks)) {
        if (check.by === "person") continue;
        assert.notEqual(check.command.trim(), "");
        assert.doesNotMatch(check.command, /undefined|\[object/);
        if ("prints" in check.expect)
          assert.doesNotThrow(() => new RegExp((check.expect as { prints: string }).prints, "m"));
        if (check.by === "host") assert.ok(check.hosts.length > 0);
      }
    });

    it(`of ${which} cache answer every paragraph of 45 CFR 164.312, every demand of the article and of the proposed rule`, () => {
      const { hipaa, article, proposed } = assessment;
      assert.deepEqual(
        hipaa.map(({ id }) => id),
        technicalSafeguards.map(({ id }) => id),
      );
      assert.equal(article.length, articleRequirements.length);
      assert.equal(proposed.length, proposedRequirements.length);
      for (const { id, status, controls: answering } of [...hipaa, ...article, ...proposed]) {
        assert.ok(answering.length > 0, id);
        assert.match(status, /^(designed|weakened|not applicable|alternative|organisation)$/);
      }
    });
  }

  it("leave out of 164.312 nothing that the CFR has", () => {
    const paragraphs = ["(a)(1)", "(a)(2)(i)", "(a)(2)(ii)", "(a)(2)(iii)", "(a)(2)(iv)", "(b)", "(c)(1)", "(c)(2)"];
    paragraphs.push("(d)", "(e)(1)", "(e)(2)(i)", "(e)(2)(ii)");
    assert.deepEqual(
      technicalSafeguards.map(({ id }) => id),
      paragraphs.map((paragraph) => `164.312${paragraph}`),
    );
  });

  it("give the article's reason where it exempts a cache, and say who has to do it all the same", () => {
    const assessed = caches[0]?.[1].controls ?? [];
    const status = { "user-credentials": "organisation", "cache-audit": "organisation" };
    for (const [id, expected] of Object.entries({ ...status, "integrity-mechanism": "alternative" })) {
      const control = assessed.find((one) => one.id === id);
      assert.match(control?.how.join(" ") ?? "", /\(article\)/, id);
      assert.equal(control?.status, expected, id);
    }
    const left = assessed
      .filter(({ status: one }) => one === "not applicable")
      .map(({ id, how }) => [id, how.join(" ")]);
    assert.deepEqual(
      left.map(([id]) => id),
      ["log-in-attempts"],
    );
    assert.match(left[0]?.[1] ?? "", /Nothing here can be guessed/);
  });

  it("say of an alternative why, what instead, and that it has to be approved", () => {
    const { how = [] } = caches[0]?.[1].controls.find(({ id }) => id === "integrity-mechanism") ?? {};
    const [why, instead, approval] = how;
    assert.match(why ?? "", /^Why not as the rule has it: \S.*\.$/);
    assert.match(instead ?? "", /^What is done instead: \S.*\.$/);
    assert.match(approval ?? "", /164\.306\(d\)\(3\).*who approved it\.$/);
  });

  it("don't call connections recorded where the VPC's owner has to have a flow log, nor a contradiction solved by silence", () => {
    const of = (id: string): AssessedControl | undefined => caches[0]?.[1].controls.find((one) => one.id === id);
    assert.equal(of("connection-log")?.status, "organisation");
    assert.match(of("connection-log")?.how.join(" ") ?? "", /not met until its owner has set one up/);
    assert.match(of("backup")?.how.join(" ") ?? "", /contradict each other: `ebs-in-backup-plan`.*nothing-on-disk/);
    assert.match(of("tls")?.how.join(" ") ?? "", /SC-13: .*OpenSSL, which is not a FIPS-validated module/);
    assert.match(of("tls")?.risk.remains ?? "", /74 FR 42740/);
  });

  it("say what a quantum computer could read as the nodes exchange keys: all, what goes to app hosts without it, or nothing", () => {
    const riskWith = (change: Parameters<typeof sampleEvidence>[0]): AssessedControl["risk"] | undefined =>
      assess(sampleEvidence(change)).controls.find(({ id }) => id === "hybrid-key-exchange")?.risk;
    const [missing, preferred, required] = [
      riskWith({ operatingSystem: "debian-12" }),
      riskWith({ operatingSystem: "debian-13" }),
      riskWith({ operatingSystem: "debian-13", requireHybridKeyExchange: true }),
    ];
    assert.match(missing?.remains ?? "", /^Between a node and each app host or other node X25519 alone protects/);
    assert.doesNotMatch(missing?.remains ?? "", /stays secret/);
    assert.match(
      missing?.mitigation ?? "",
      /^Move nodes and app hosts to Debian 13, then set `requireHybridKeyExchange`/,
    );
    assert.match(
      preferred?.remains ?? "",
      /an app host that doesn't have the hybrid key exchange X25519 alone.*stays secret/,
    );
    assert.match(preferred?.mitigation ?? "", /^Move app hosts that don't have it to Debian 13, then set/);
    assert.doesNotMatch(required?.remains ?? "", /alone protects/);
    assert.doesNotMatch(required?.mitigation ?? "", /Debian|requireHybridKeyExchange/);
    for (const risk of [missing, preferred, required]) assert.match(risk?.remains ?? "", /could forge one/);
  });

  it("follow the plan: a changed flow, command or limit is in what they say and in their checks", () => {
    const text = (change: Parameters<typeof sampleEvidence>[0]): string =>
      JSON.stringify(assess(sampleEvidence(change)).controls);
    const changes = [
      [{ appCidrBlocks: ["10.0.32.0/20"] }, "10.0.32.0/20"],
      [{ operatorIdleLogoffMinutes: 7 }, "channeltimeout session:\\\\*=7m"],
      [{ securityUpdateWindow: "Sun 03:30" }, "Sun 03:30 UTC"],
      [{ clients: ["web", "worker"] }, "worker\\\\.client\\\\.sessions"],
      [{ evictionPolicy: "allkeys-lfu" as const }, "maxmemory-policy allkeys-lfu"],
      [{ keyspaceEvents: "KA" }, "notify-keyspace-events AK$"],
      [{ keyspaceEvents: "E$" }, "notify-keyspace-events \\\\$E$"],
      [{ maxMemoryPercent: 40 }, "* 40 / 100)))"],
      [{ maxMemoryPercent: 60 }, "at 78 % it is ended and restarted. The tunnel may use 12 %"],
      [{ maxValueBytes: 1_048_576 }, "proto-max-bulk-len 1048576$"],
      [{ maxValueBytes: 1_500_000 }, "A value has at most 1500000 bytes."],
      [{ tunnel: "stunnel" as const }, "stunnel4 on the node"],
      [{ httpsEgressCidrBlocks: ["10.9.0.0/16"] }, "10.9.0.0/16"],
    ] as const;
    for (const [change, words] of changes) {
      assert.ok(text(change).includes(words), words);
      assert.ok(!text({}).includes(words), `without the change there is ${words}`);
    }
  });
});

describe("an assessment", () => {
  it("lists each choice that is weaker than the default, with the control that it weakens", () => {
    const { deviations, controls: assessed } = assess(
      sampleEvidence({
        allowSharedTenancy: true,
        allowScripting: true,
        operatorIdleLogoffMinutes: 60,
        securityUpdateWindow: "Sun 03:30",
        refreshIntervalSeconds: 3600,
        certificates: { validityHours: 43_824 },
        evictionPolicy: "volatile-lru",
        keyspaceEvents: "Ex",
        maxMemoryPercent: 51,
        maxValueBytes: 33_554_433,
      }),
    );
    assert.equal(deviations.length, 10);
    const weakened = assessed.filter(({ status }) => status === "weakened").map(({ id }) => id);
    // Three of them weaken one.
    assert.deepEqual(weakened.sort(), [...new Set(deviations.map(({ control }) => control))].sort());
  });

  it("names no secret and no private key", () => {
    assert.doesNotMatch(JSON.stringify(caches), /PRIVATE KEY|BEGIN CERTIFICATE/);
  });
});
