import assert from "node:assert/strict";
import { assess, type AssessedControl } from "../../../src/evidence/assess.js";
import { evidenceOscal } from "../../../src/evidence/oscal.js";
import type { DesignedStatus, Status } from "../../../src/evidence/status.js";
import { uuidOf } from "../../../src/evidence/uuid.js";
import { sampleEvidence } from "../../support/sample.js";

const assessment = assess(sampleEvidence());
const { libraryVersion: version } = assessment.evidence;
const ns = "https://www.npmjs.com/package/pulumi-hipaa-redis";

/** A compliance tool that has read one file knows the same things again in the next one. */
const id = (...parts: string[]): string => uuidOf(ns, "arn:aws:kms:us-east-1:000000000000:key/1", "sessions", ...parts);

const finding = { shows: "it is", where: "sessions-0", expected: "x", found: "y", date: "2026-11-20T00:00:00Z" };

function control(
  name: string,
  designed: DesignedStatus,
  status: Status,
  nist: string[],
  hipaa: string[],
): AssessedControl {
  return {
    id: name,
    title: name.toUpperCase(),
    designed,
    status,
    seen: { checks: [], findings: status === "not met" ? [finding] : [], attested: [] },
    missing: [],
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
  control("first", "met", "met", ["RA-5", "CM-7(2)"], ["164.312(b)", "164.312(d)"]),
  control("second", "weakened", "weakened", ["AC-2"], []),
  control("third", "not applicable", "not applicable", ["AC-2"], []),
  control("fourth", "organisation", "organisation", ["AC-2", "RA-5"], ["164.312(b)"]),
  control("fifth", "met", "designed", ["SC-8"], []),
  control("sixth", "met", "partly met", ["SC-8"], []),
  control("seventh", "met", "not met", ["SC-8"], []),
  control("eighth", "alternative", "alternative", [], ["164.312(c)(2)"]),
  control("ninth", "alternative", "met", [], []),
  control("tenth", "alternative", "not met", [], []),
];

const safeguard = (group: string, implementation: string, status: string, designed: string): object[] => [
  { name: "safeguard", ns, value: group },
  { name: "implementation-status", value: implementation, group },
  { name: "status", ns, value: status, group },
  { name: "designed", ns, value: designed, group },
  { name: "verified", ns, value: "nothing: 0 of 0 checks", group },
];
const theirs = "for your organisation to do";
const paragraph = (value: string, group: string): object => ({ name: "hipaa-paragraph", ns, value, group });

const requirements = [
  {
    uuid: id("requirement", "AC-2"),
    "control-id": "ac-2",
    description: "SECOND: second one. second two.\n\nTHIRD: third one. third two.\n\nFOURTH: fourth one. fourth two.",
    props: [
      ...safeguard("second", "partial", "weakened by choice", "weakened by choice"),
      ...safeguard("third", "not-applicable", "not applicable", "not applicable"),
      ...safeguard("fourth", "planned", theirs, theirs),
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
      ...safeguard("first", "implemented", "met", "yes"),
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
      ...safeguard("first", "implemented", "met", "yes"),
      paragraph("45 CFR 164.312(b)", "first"),
      paragraph("45 CFR 164.312(d)", "first"),
      ...safeguard("fourth", "planned", theirs, theirs),
      paragraph("45 CFR 164.312(b)", "fourth"),
    ],
    remarks: "first remains. first mitigates.\n\nfourth remains. fourth mitigates.",
  },
  {
    uuid: id("requirement", "SC-8"),
    "control-id": "sc-8",
    description: "FIFTH: fifth one. fifth two.\n\nSIXTH: sixth one. sixth two.\n\nSEVENTH: seventh one. seventh two.",
    props: [
      ...safeguard("fifth", "planned", "designed; nothing verified", "yes"),
      ...safeguard("sixth", "partial", "partly met", "yes"),
      ...safeguard("seventh", "planned", "not met", "yes"),
    ],
    remarks:
      "fifth remains. fifth mitigates.\n\nsixth remains. sixth mitigates.\n\nNot so on sessions-0, 2026-11-20: it is (found: y). seventh remains. seventh mitigates.",
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
            props: [
              { name: "version", value: version },
              ...safeguard("eighth", "alternative", "documented alternative; not approved", "documented alternative"),
              paragraph("45 CFR 164.312(c)(2)", "eighth"),
              ...safeguard("ninth", "alternative", "met", "documented alternative"),
              ...safeguard("tenth", "planned", "not met", "documented alternative"),
            ],
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
