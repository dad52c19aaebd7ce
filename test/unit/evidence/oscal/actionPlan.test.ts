import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../../src/evidence/assess.js";
import { evidenceOscal } from "../../../../src/evidence/oscal/documents.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "../heldRecord.js";
import { contentOf, textsOf, type ActionPlan } from "./documents.js";

const evidence = evidenceOfAws({ operatorIdleLogoffMinutes: 60 });
const sound = evidenceOfAws();

const planOf = (assessment: Assessment): ActionPlan =>
  contentOf(evidenceOscal(assessment, { date: now })["oscal-poam.json"]) as ActionPlan;
const titles = (plan: ActionPlan): string[] => plan["poam-items"].map(({ title }) => title);

describe("the plan of action and milestones", () => {
  it("has everything that is open: findings, deviations, what nobody attests, and what nobody has looked at", () => {
    const record = withFinding(heldRecord(evidence, "cache"), "tls", "Redis has no network", "lo eth0");
    const assessment = assess(evidence, { date: now, verifications: [signed(record)] });
    const plan = planOf(assessment);
    const lacking = assessment.controls.filter(({ missing }) => missing.includes("organisation"));
    assert.ok(lacking.length > 5);
    assert.deepEqual(titles(plan), [
      "Encryption in transit: not met",
      "operatorIdleLogoffMinutes: weaker than the default by choice",
      ...lacking.map(({ title }) => `${title}: your organisation's part`),
      "Hosts were not looked at",
      "The AWS account was not looked at",
    ]);
    const [found, chosen] = plan["poam-items"];
    assert.equal(found?.description, "Not so on sessions-0, 2026-11-20: Redis has no network (found: lo eth0).");
    assert.equal(found["related-observations"]?.length, 1);
    assert.equal(
      chosen?.description,
      "60 minutes, by default 15 minutes. A session that its operator has left stays open for longer.",
    );
  });

  it("names the risk of each, and no date: your organisation sets it", () => {
    const plan = planOf(assess(evidence, { date: now }));
    const risks = new Map(plan.risks?.map((risk) => [risk.uuid, risk]));
    const chosen = plan["poam-items"].find(({ title }) => title.startsWith("operatorIdleLogoffMinutes"));
    const [related] = chosen?.["related-risks"] ?? [];
    assert.equal(risks.get(related?.["risk-uuid"] ?? "")?.title, "Automatic logoff");
    for (const { remarks } of plan["poam-items"]) assert.match(remarks, /until when, your organisation decides/);
    for (const { status } of risks.values()) assert.equal(status, "open");
    assert.deepEqual(
      textsOf(plan, (key) => ["deadline", "date", "start", "end"].includes(key)),
      [],
    );
  });

  it("leaves out what somebody has attested", () => {
    const integrity = "Integrity of cached values: your organisation's part";
    const open = titles(planOf(assess(sound, { date: now })));
    const attested = [signed(heldRecord(sound, "cache", {}, true))];
    const left = titles(planOf(assess(sound, { date: now, verifications: attested })));
    assert.ok(open.includes(integrity), open.join("\n"));
    // AWS has to be asked for the flow log.
    assert.deepEqual(
      left.filter((title) => title.endsWith("your organisation's part")),
      ["Connections are recorded: your organisation's part"],
    );
  });

  it("has nothing but the next look where everything was looked at and holds", () => {
    const verifications = [
      signed(heldRecord(sound, "cache", {}, true)),
      signed(heldRecord(sound, "client")),
      signed(heldRecord(sound, "aws")),
    ];
    const plan = planOf(assess(sound, { date: now, verifications }));
    assert.deepEqual([titles(plan), plan.risks, plan.observations], [["Verify again"], undefined, undefined]);
  });
});
