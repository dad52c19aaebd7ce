import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { evidenceDigest } from "../../../../src/evidence/digest.js";
import { evidenceOscal, type OscalOptions } from "../../../../src/evidence/oscal/documents.js";
import type { Assessment } from "../../../../src/evidence/assess.js";
import { heldRecord, evidenceOfAws, now, signed } from "../heldRecord.js";
import { smallAssessment } from "../smallAssessment.js";
import { assess } from "../../../../src/evidence/assess.js";
import { contentOf, type Component, type Requirement, type Resource } from "./documents.js";

interface Plan {
  "import-profile": { href: string };
  "system-characteristics": { status: { state: string } };
  "system-implementation": {
    users: { title: string; "role-ids": string[] }[];
    components: Component[];
    "inventory-items": { description: string; props: { value: string }[] }[];
  };
  "control-implementation": { "implemented-requirements": Requirement[] };
  "back-matter": { resources: Resource[] };
}

const planOf = (assessment: Assessment, options: OscalOptions = {}): Plan =>
  contentOf(evidenceOscal(assessment, options)["oscal-ssp.json"]) as Plan;

describe("the fragment of a system security plan", () => {
  const plan = planOf(smallAssessment());
  const requirements = plan["control-implementation"]["implemented-requirements"];

  it("has each of NIST's controls once, with one implementation status and in which words", () => {
    const statuses = requirements.map((one) => {
      const [by, ...others] = one["by-components"] ?? [];
      assert.deepEqual(others, []);
      return [one["control-id"], by?.["implementation-status"].state, by?.["implementation-status"].remarks];
    });
    assert.deepEqual(statuses, [
      ["ac-2", "planned", "First: designed; nothing verified."],
      ["ac-3", "planned", "First: designed; nothing verified."],
      ["sc-7.5", "not-applicable", "Third: not applicable."],
    ]);
  });

  it("says how it is met, what remains, who sees to it, and what the report's columns have", () => {
    const [first] = requirements;
    const [by] = first?.["by-components"] ?? [];
    assert.equal(by?.description, "First: It is `first`. And <second>.");
    assert.equal(by.remarks, "First remains. First helps.");
    assert.deepEqual(first?.["responsible-roles"], [{ "role-id": "provider" }, { "role-id": "cloud-provider" }]);
    assert.deepEqual(
      first.props.map(({ name, value, group }) => [name, value, group]),
      [
        ["safeguard", "first", "first"],
        ["hipaa-paragraph", "45 CFR 164.312(b)", "first"],
        ["hipaa-paragraph", "45 CFR 164.312(d)", "first"],
        ["status", "designed; nothing verified", "first"],
        ["designed", "yes", "first"],
        ["verified", "nothing: 0 of 4 checks", "first"],
      ],
    );
  });

  it("has what answers none of NIST's controls with the system as a whole", () => {
    const [system] = plan["system-implementation"].components;
    assert.equal(system?.type, "this-system");
    const safeguards = (system.props ?? []).filter(({ name }) => name === "safeguard").map(({ value }) => value);
    assert.deepEqual(safeguards, ["second", "fourth", "fifth"]);
  });

  it("has cache, account, applications, operators and inventory, and what the nodes listen on", () => {
    const { users, components, "inventory-items": items } = plan["system-implementation"];
    assert.deepEqual(
      components.slice(1).map(({ title }) => title),
      ["Redis cache sessions", "AWS account 000000000000", "Application web"],
    );
    assert.deepEqual(
      users.map((one) => [one.title, ...one["role-ids"]]),
      [
        ["ada", "operator"],
        ["web", "application"],
      ],
    );
    assert.deepEqual(
      items.map(({ description, props: [id] }) => [description, id?.value]),
      [["node sessions-0", "i-1"]],
    );
    const listening = components[1]?.protocols.map(({ name, title }) => [name, title]);
    assert.deepEqual(listening, [
      ["redis", "Application hosts reach Redis through the tunnel"],
      ["ssh", "Operators sign in from the bastion hosts"],
    ]);
  });

  it("names the server that the nodes run, as every document does, and says that what it says of Redis is true of it", () => {
    const cacheOf = (of: Plan): string[] => {
      const [, cache] = of["system-implementation"].components;
      return [cache?.title ?? "", (cache?.description ?? "").replace(/^.* Its nodes run /, "")];
    };
    assert.deepEqual(cacheOf(plan), ["Redis cache sessions", "Redis 8.0 on Debian 13."]);
    assert.deepEqual(cacheOf(planOf(smallAssessment({ operatingSystem: "debian-12" })))[1], "Redis 7.0 on Debian 12.");
    const valkey = smallAssessment({ engine: "valkey" });
    assert.deepEqual(cacheOf(planOf(valkey)), [
      "Valkey cache sessions",
      "Valkey 8.1 on Debian 13: what this document says of Redis is true of Valkey, which its nodes run in Redis's place.",
    ]);
    for (const [file, document] of Object.entries(evidenceOscal(valkey))) {
      const text = JSON.stringify(document);
      assert.match(text, /Valkey cache/, file);
      assert.doesNotMatch(text, /Redis cache/, file);
    }
  });

  it("does not say of an emulated account that it is operational", () => {
    const state = (of: Plan): string[] => [
      of["system-characteristics"].status.state,
      ...of["system-implementation"].components.map(({ status }) => status.state),
    ];
    assert.deepEqual([...new Set(state(plan))], ["other"]);
    assert.deepEqual([...new Set(state(planOf(assess(evidenceOfAws()))))], ["operational"]);
  });

  it("has the parameters that the arguments decide", () => {
    const shape = { operatorIdleLogoffMinutes: 5, securityUpdateWindow: "Sat 09:00" };
    const own = planOf(assess(evidenceOfAws(shape)))["control-implementation"]["implemented-requirements"];
    assert.deepEqual(
      own.flatMap((one) => one["set-parameters"] ?? []).flatMap(({ values }) => values),
      [
        "its operator has done nothing for 5 minutes",
        "they have done nothing for 5 minutes",
        "the time to the next window for security updates (Sat 09:00 UTC)",
      ],
    );
  });

  it("is for your organisation's profile, where one is named", () => {
    assert.equal(plan["import-profile"].href, "oscal-profile.json");
    assert.equal(
      planOf(smallAssessment(), { oscalProfile: "https://x.example/p.json" })["import-profile"].href,
      "https://x.example/p.json",
    );
  });

  it("has the digests of the report's files, of the evidence, and of the records that count", () => {
    const evidence = evidenceOfAws();
    const given = { ...signed(heldRecord(evidence, "cache"), "my record.json"), sha256: "ab".repeat(32) };
    const others = [signed(heldRecord(evidence, "client"), "unread.json")];
    const assessment = assess(evidence, { date: now, verifications: [given, ...others] });
    const { resources } = planOf(assessment, { files: [{ name: "controls.json", content: "[]\n" }] })["back-matter"];
    const digests = resources.flatMap(({ rlinks = [] }) =>
      rlinks.flatMap(({ href, hashes = [] }) => hashes.map(({ algorithm, value }) => [href, algorithm, value])),
    );
    assert.deepEqual(digests, [
      ["controls.json", "SHA-256", createHash("sha256").update("[]\n").digest("hex")],
      ["my%20record.json", "SHA-256", "ab".repeat(32)],
    ]);
    const ofEvidence = resources.flatMap(({ props = [] }) => props.map(({ value }) => value));
    assert.deepEqual(ofEvidence, [evidenceDigest(evidence)]);
    assert.ok(resources.some(({ title }) => title === "Record of verify, signed by ada"));
  });
});
