import assert from "node:assert/strict";
import { assess, type AssessedControl, type AssessedRequirement } from "../../../src/evidence/assess.js";
import { sampleEvidence } from "../../support/sample.js";
import { controlTable, requirementTable } from "./controlTable.js";

const assessment = assess(sampleEvidence());

function controlRow({ id, status, owners, hipaa, article, nist, proposed }: AssessedControl): string[] {
  const paragraphs = hipaa.map((paragraph) => paragraph.replace(/^164\.312/, ""));
  const numbers = proposed.map((paragraph) => paragraph.replace(/^proposed /, ""));
  return [id, status, owners.join(", "), ...[paragraphs, article, nist, numbers].map((list) => list.join(" "))];
}

function requirementRow({ id, title, from, status, controls, missing }: AssessedRequirement): string[] {
  const theirs = missing.find(({ part }) => part === "organisation")?.controls ?? [];
  return [id, title, from, status, controls.join(" "), theirs.join(" ")];
}

/** The statuses of a cache's controls and requirements that are other than the sample's. */
function changed(change: Parameters<typeof sampleEvidence>[0]): object {
  const other = assess(sampleEvidence(change));
  const differing = (list: "controls" | "hipaa" | "article" | "proposed"): object =>
    Object.fromEntries(
      other[list].flatMap(({ id, status }, index) =>
        assessment[list][index]?.status === status ? [] : [[id, status]],
      ),
    );
  const [controls, hipaa, article, proposed] = (["controls", "hipaa", "article", "proposed"] as const).map(differing);
  return { controls, hipaa, article, proposed };
}

describe("the table of controls", () => {
  it("is in the committed order, each with its status, owners and what it answers", () => {
    assert.deepEqual(assessment.controls.map(controlRow), controlTable);
  });

  for (const list of ["hipaa", "article", "proposed"] as const) {
    it(`answers each requirement as committed (${list})`, () => {
      assert.deepEqual(assessment[list].map(requirementRow), requirementTable[list]);
    });
  }

  it("weakens a requirement with any of its controls, though others meet it", () => {
    assert.deepEqual(changed({ allowSharedTenancy: true }), {
      controls: { "dedicated-tenancy": "weakened" },
      hipaa: { "164.312(a)(1)": "weakened" },
      article: { environment: "weakened" },
      proposed: {},
    });
    assert.deepEqual(changed({ certificates: { validityHours: 2161 }, operatorIdleLogoffMinutes: 16 }), {
      controls: { "automatic-logoff": "weakened", "certificate-life": "weakened" },
      hipaa: { "164.312(a)(2)(iii)": "weakened", "164.312(d)": "weakened" },
      article: { certificates: "weakened" },
      proposed: { "proposed 164.312(a)(2)(iv)": "weakened" },
    });
  });

  it("carries evidence, plan, assets and deviations along", () => {
    const evidence = sampleEvidence({ allowScripting: true });
    const { plan, assets, deviations, ...rest } = assess(evidence);
    assert.equal(rest.evidence, evidence);
    assert.deepEqual([plan.name, plan.lockedCommands.length], ["sessions", 47]);
    assert.ok(assets.length > 0);
    assert.deepEqual(
      deviations.map(({ argument }) => argument),
      ["allowScripting"],
    );
  });

  it("refuses the evidence of another version, and says which two ways there are", () => {
    const { libraryVersion } = sampleEvidence();
    assert.throws(() => assess({ ...sampleEvidence(), libraryVersion: "0.0.1" }), {
      message:
        `The evidence of cache sessions was made by pulumi-hipaa-redis 0.0.1, but this is ${libraryVersion}: run pulumi up with ` +
        "this version, or write the report with pulumi-hipaa-redis@0.0.1.",
    });
  });
});
