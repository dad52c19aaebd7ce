import assert from "node:assert/strict";
import { assess, type AssessedControl, type Status } from "../../../src/evidence/assess.js";
import { evidenceOscal } from "../../../src/evidence/oscal.js";
import { uuidOf } from "../../../src/evidence/uuid.js";
import { sampleEvidence } from "../../support/sample.js";

const assessment = assess(sampleEvidence());
const { libraryVersion: version } = assessment.evidence;
const ns = "https://www.npmjs.com/package/pulumi-hipaa-redis";

/** A compliance tool that has read one file knows the same things again in the next one. */
const id = (...parts: string[]): string => uuidOf(ns, "arn:aws:kms:us-east-1:000000000000:key/1", "sessions", ...parts);

function control(name: string, status: Status, nist: string[], hipaa: string[]): AssessedControl {
  return {
    id: name,
    title: name.toUpperCase(),
    status,
    nist,
    hipaa,
    article: [],
    proposed: [],
    demand: "",
    owners: [],
    checks: [],
    how: [`${name} one.`, `${name} two.`],
    risk: { remains: `${name} remains.`, mitigation: `${name} mitigates.` },
  };
}

const controls = [
  control("first", "met", ["RA-5", "CM-7(2)"], ["164.312(b)", "164.312(d)"]),
  control("second", "weakened", ["AC-2"], []),
  control("third", "not applicable", ["AC-2"], []),
  control("fourth", "organisation", ["AC-2", "RA-5"], ["164.312(b)"]),
];

const safeguard = (value: string, status: string): object[] => [
  { name: "safeguard", ns, value },
  { name: "implementation-status", value: status, group: value },
];
const paragraph = (value: string, group: string): object => ({ name: "hipaa-paragraph", ns, value, group });

const requirements = [
  {
    uuid: id("requirement", "AC-2"),
    "control-id": "ac-2",
    description: "SECOND: second one. second two.\n\nTHIRD: third one. third two.\n\nFOURTH: fourth one. fourth two.",
    props: [
      ...safeguard("second", "partial"),
      ...safeguard("third", "not-applicable"),
      ...safeguard("fourth", "planned"),
      paragraph("45 CFR 164.312(b)", "fourth"),
    ],
    remarks:
      "second remains. second mitigates.\n\nthird remains. third mitigates.\n\nfourth remains. fourth mitigates.",
  },
  {
    uuid: id("requirement", "CM-7(2)"),
    "control-id": "cm-7.2",
    description: "FIRST: first one. first two.",
    props: [
      ...safeguard("first", "implemented"),
      paragraph("45 CFR 164.312(b)", "first"),
      paragraph("45 CFR 164.312(d)", "first"),
    ],
    remarks: "first remains. first mitigates.",
  },
  {
    uuid: id("requirement", "RA-5"),
    "control-id": "ra-5",
    description: "FIRST: first one. first two.\n\nFOURTH: fourth one. fourth two.",
    props: [
      ...safeguard("first", "implemented"),
      paragraph("45 CFR 164.312(b)", "first"),
      paragraph("45 CFR 164.312(d)", "first"),
      ...safeguard("fourth", "planned"),
      paragraph("45 CFR 164.312(b)", "fourth"),
    ],
    remarks: "first remains. first mitigates.\n\nfourth remains. fourth mitigates.",
  },
];

describe("the form of the OSCAL component definition", () => {
  it("is one component that implements each of NIST's controls once, in order, with all that answer it", () => {
    const date = new Date("2026-11-22T00:00:00Z");
    assert.deepEqual(evidenceOscal({ ...assessment, controls }, { date }), {
      "component-definition": {
        uuid: id("definition"),
        metadata: {
          title: "Redis cache sessions",
          "last-modified": "2026-11-22T00:00:00.000Z",
          version,
          "oscal-version": "1.1.3",
        },
        components: [
          {
            uuid: id("component"),
            type: "software",
            title: "Redis cache sessions",
            description: `A Redis cache that may hold patient data (PHI), made by pulumi-hipaa-redis ${version} in us-east-1.`,
            props: [{ name: "version", value: version }],
            "control-implementations": [
              {
                uuid: id("implementation"),
                source:
                  "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json",
                description:
                  "What the cache does for controls of NIST SP 800-53, revision 5, computed from what was deployed.",
                "implemented-requirements": requirements,
              },
            ],
          },
        ],
      },
    });
  });

  it("is of now, where no date is given", () => {
    const before = new Date().toISOString();
    const made = evidenceOscal(assessment) as {
      "component-definition": { metadata: { "last-modified": string } };
    };
    const written = made["component-definition"].metadata["last-modified"];
    assert.ok(before <= written && written <= new Date().toISOString(), written);
  });
});
