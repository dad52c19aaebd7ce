import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { repositoryRoot } from "../../../../lab/stateFolder.js";
import { assess } from "../../../../src/evidence/assess.js";
import type { Evidence } from "../../../../src/evidence/evidence.js";
import { evidenceOscal } from "../../../../src/evidence/oscal/documents.js";
import type { GivenRecord } from "../../../../src/evidence/records.js";
import { replicated, sampleEvidence, sharded, threeZones } from "../../../support/sample.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "../heldRecord.js";
import { textsOf } from "./documents.js";

/** The schema of each document's kind. */
const schemas = {
  "oscal-component-definition.json": "component",
  "oscal-profile.json": "profile",
  "oscal-ssp.json": "ssp",
  "oscal-assessment-results.json": "assessment-results",
  "oscal-poam.json": "poam",
} as const;

const files = [{ name: "controls.json", content: "[]" }];

const evidence = evidenceOfAws({ clients: ["web", "worker"] });
const strange = { host: "i-0d strange" };
const cases: Readonly<Record<string, readonly [Evidence, ...GivenRecord[]]>> = {
  "nothing was looked at": [sampleEvidence()],
  "there are deviations, and nobody signs in": [
    sampleEvidence({ allowScripting: true, operators: [], bastionCidrBlocks: [] }),
  ],
  "there are replicas, and a zone holds a majority": [
    sampleEvidence({ ...replicated(5), subnets: threeZones.slice(0, 2) }),
  ],
  "one node of several was looked at": [
    evidenceOfAws(replicated()),
    signed(heldRecord(evidenceOfAws(replicated()), "cache")),
  ],
  "there are shards without replicas, in two zones, and a node was looked at": [
    evidenceOfAws({ ...sharded(3, 0), subnets: threeZones.slice(0, 2) }),
    signed(heldRecord(evidenceOfAws({ ...sharded(3, 0), subnets: threeZones.slice(0, 2) }), "cache")),
  ],
  "everything holds": [
    evidence,
    signed(heldRecord(evidence, "cache", {}, true)),
    signed(heldRecord(evidence, "client")),
    { ...signed(heldRecord(evidence, "aws"), "a record.json"), sha256: "0".repeat(64) },
  ],
  "something does not hold, on a strange host too": [
    evidence,
    signed(withFinding(heldRecord(evidence, "cache"), "tls", "Redis has no network", " found\non two lines ")),
    signed(withFinding(heldRecord(evidence, "cache", strange), "tls", "Redis has no network")),
  ],
};

describe("the OSCAL documents of a cache", () => {
  // NIST writes its patterns for regular expressions with the `u` flag, which is Ajv's own default.
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const valid = new Map<string, ValidateFunction>();
  before(() => {
    for (const [name, schema] of Object.entries(schemas)) {
      const file = join(repositoryRoot, `test/data/oscal/oscal_${schema}_schema.json`);
      valid.set(name, ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object));
    }
  });
  const problems = (name: string, document: unknown): unknown => {
    const validate = valid.get(name);
    assert.ok(validate, name);
    return validate(document) ? [] : validate.errors;
  };

  for (const [what, [of, ...verifications]] of Object.entries(cases)) {
    const documents = evidenceOscal(assess(of, { date: now, verifications }), { date: now, files });

    it(`are valid against NIST's schemas where ${what}`, () => {
      assert.deepEqual(Object.keys(documents), Object.keys(schemas));
      for (const [name, document] of Object.entries(documents)) {
        assert.deepEqual(problems(name, JSON.parse(JSON.stringify(document))), [], name);
      }
    });

    it(`name nothing that they don't have where ${what}`, () => {
      for (const [name, document] of Object.entries(documents)) {
        const ids = textsOf(document, (key) => key === "uuid");
        assert.deepEqual(ids, [...new Set(ids)], name);
        assert.ok(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)));
        const plan = textsOf(documents["oscal-ssp.json"], (key) => key === "uuid");
        const named = textsOf(document, (key) => key.endsWith("-uuid") && key !== "implementation-statement-uuid");
        assert.deepEqual(
          named.filter((id) => !ids.includes(id)),
          [],
          name,
        );
        const statements = textsOf(document, (key) => key === "implementation-statement-uuid");
        assert.deepEqual(
          statements.filter((id) => !plan.includes(id)),
          [],
        );
        const links = textsOf(document, (key) => key === "href").filter((href) => href.startsWith("#"));
        assert.deepEqual(
          links.filter((href) => !ids.includes(href.slice(1))),
          [],
          name,
        );
      }
    });
  }

  it("would be refused with an id that is none, without metadata, and with what OSCAL does not know", () => {
    const documents = evidenceOscal(assess(sampleEvidence()), { date: now });
    for (const [name, document] of Object.entries(documents)) {
      const [[root, content]] = Object.entries(document) as [[string, Record<string, unknown>]];
      assert.deepEqual(problems(name, { [root]: { ...content } }), []);
      for (const change of [{ uuid: "x" }, { metadata: undefined }, { stranger: true }]) {
        assert.notDeepEqual(problems(name, JSON.parse(JSON.stringify({ [root]: { ...content, ...change } }))), []);
      }
    }
  });

  it("are the same whenever they are made of the same, but for the date", () => {
    const made = (date: Date): string => JSON.stringify(evidenceOscal(assess(sampleEvidence()), { date }));
    const later = new Date("2026-12-01T00:00:00Z");
    assert.equal(made(now), made(now));
    assert.equal(made(later).replaceAll(later.toISOString(), now.toISOString()), made(now));
  });

  it("are of now, where no date is given", () => {
    const before = new Date().toISOString();
    const made = evidenceOscal(assess(sampleEvidence()));
    const after = new Date().toISOString();
    for (const written of textsOf(made, (key) => key === "last-modified")) {
      assert.ok(before <= written && written <= after, written);
    }
  });
});
