import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../../src/evidence/assess.js";
import { openItems } from "../../../../src/evidence/openItems.js";
import { evidenceOscal } from "../../../../src/evidence/oscal/documents.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "../heldRecord.js";
import { contentOf, textsOf, type ActionPlan } from "./documents.js";

const evidence = evidenceOfAws({ operatorIdleLogoffMinutes: 60 });
const sound = evidenceOfAws();

const planOf = (assessment: Assessment): ActionPlan =>
  contentOf(evidenceOscal(assessment, { date: now })["oscal-poam.json"]) as ActionPlan;
const titles = (plan: ActionPlan): string[] => plan["poam-items"].map(({ title }) => title);

describe("the plan of action and milestones", () => {
  it("has each open item, by its id, and nothing else: the one list that the sheet has too", () => {
    const record = withFinding(heldRecord(evidence, "cache"), "tls", "Redis has no network", "lo eth0");
    const strange = withFinding({ ...record, host: "i-0d strange" }, "tls", "Redis has no network", "x");
    const options = { date: now, verifications: [signed(record), signed(strange)], appHosts: { web: 2 } };
    for (const assessment of [
      assess(evidence, options),
      assess(evidence, { date: now }),
      assess(sound, { date: now }),
    ]) {
      const items = openItems(assessment);
      assert.ok(items.length > 20);
      assert.deepEqual(
        planOf(assessment)["poam-items"].map(({ props }) => props?.map(({ value }) => value)),
        items.map(({ id }) => [id]),
      );
    }
    const plan = planOf(assess(evidence, options));
    const found = plan["poam-items"].filter(({ title }) => title === "Encryption in transit: not so");
    assert.deepEqual(
      found.map((item) => [item.description.split(" Known from ")[0], item["related-observations"]?.length]),
      [
        ["Not so: Redis has no network (found: lo eth0).", 1],
        ["Not so: Redis has no network (found: x).", 1],
      ],
    );
    const chosen = plan["poam-items"].find(
      ({ title }) => title === "Automatic logoff: weaker than the default by choice",
    );
    assert.match(
      chosen?.description ?? "",
      /^A session that its operator has left stays open for longer\. Known from the argument operatorIdleLogoffMinutes: 60 minutes; by default: 15 minutes\. /,
    );
  });

  it("names the risk of each, and no date: your organisation sets it", () => {
    const plan = planOf(assess(evidence, { date: now }));
    const risks = new Map(plan.risks?.map((risk) => [risk.uuid, risk]));
    for (const item of plan["poam-items"]) {
      const [related, ...others] = item["related-risks"] ?? [];
      assert.ok(risks.has(related?.["risk-uuid"] ?? ""), item.title);
      assert.deepEqual(others, []);
      assert.match(item.remarks, /until when, your organisation decides/);
    }
    const chosen = plan["poam-items"].find(({ title }) => title.endsWith("by choice"));
    assert.equal(
      risks.get(chosen?.["related-risks"]?.[0]?.["risk-uuid"] ?? "")?.statement,
      "A session that its operator has left stays open for longer.",
    );
    for (const { status } of risks.values()) assert.equal(status, "open");
    assert.deepEqual(
      textsOf(plan, (key) => ["deadline", "date", "start", "end"].includes(key)),
      [],
    );
  });

  it("marks what was accepted, while that holds: not of another choice, nor while the control is not met", () => {
    const risk = "risk-operatorIdleLogoffMinutes";
    const decided = (chosen: string, found?: string): unknown[] => {
      const acceptances = [{ risk, chosen, holds: true, found: "passed by Ada", until: "2027-05-01T00:00:00.000Z" }];
      const [shows = ""] =
        assess(evidence)
          .controls.find(({ id }) => id === "automatic-logoff")
          ?.checks.map((check) => check.shows) ?? [];
      const node = heldRecord(evidence, "cache");
      const record = found === undefined ? node : withFinding(node, "automatic-logoff", shows, found);
      const plan = planOf(assess(evidence, { date: now, verifications: [signed(record)], acceptances }));
      const item = plan["poam-items"].find(({ title }) => title.endsWith("by choice"));
      const own = plan.risks?.find(({ uuid }) => uuid === item?.["related-risks"]?.[0]?.["risk-uuid"]);
      return [own?.status, item?.remarks.split(". ")[0]];
    };
    assert.deepEqual(decided("60 minutes"), ["deviation-approved", "Accepted: passed by Ada"]);
    assert.deepEqual(decided("90 minutes"), [
      "open",
      "Not accepted: passed by Ada; it is of 90 minutes, and what is chosen is 60 minutes",
    ]);
    assert.deepEqual(decided("60 minutes", "y"), [
      "open",
      "Not accepted: passed by Ada; it does not hold while the control is not met",
    ]);
  });

  it("leaves out what somebody has attested", () => {
    const integrity = "Integrity of cached values: not attested";
    const attested = [signed(heldRecord(sound, "cache", {}, true))];
    assert.ok(titles(planOf(assess(sound, { date: now }))).includes(integrity));
    const left = titles(planOf(assess(sound, { date: now, verifications: attested })));
    assert.deepEqual(
      left.filter((title) => title.endsWith("not attested")),
      [],
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
