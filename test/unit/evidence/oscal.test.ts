import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { assess } from "../../../src/evidence/assess.js";
import { evidenceOscal } from "../../../src/evidence/oscal.js";
import { sampleEvidence } from "../../support/sample.js";

interface Definition {
  "component-definition": {
    uuid?: string;
    components: {
      props: Requirement["props"];
      "control-implementations": { "implemented-requirements": Requirement[] }[];
    }[];
  };
}

interface Requirement {
  uuid: string;
  "control-id": string;
  props: { name: string; value: string }[];
}

const schemaFile = join(repositoryRoot, "test/data/oscal/oscal_component_schema.json");
const date = new Date("2026-11-22T00:00:00Z");

function definition(change: Parameters<typeof sampleEvidence>[0] = {}): Definition {
  const made: unknown = evidenceOscal(assess(sampleEvidence(change)), { date });
  return JSON.parse(JSON.stringify(made)) as Definition;
}

const requirements = (file: Definition): Requirement[] =>
  file["component-definition"].components.flatMap((component) =>
    component["control-implementations"].flatMap((one) => one["implemented-requirements"]),
  );

describe("the OSCAL component definition", () => {
  // NIST writes its patterns for regular expressions with the `u` flag, which is Ajv's own default.
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const valid = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

  it("is valid against NIST's schema", () => {
    for (const change of [{}, { allowScripting: true }, { operators: [], bastionCidrBlocks: [] }]) {
      assert.ok(valid(definition(change)), JSON.stringify(valid.errors, null, 2));
    }
  });

  it("would be refused without an id, with a control id that is none, and with a date that is none", () => {
    const broken: ((file: Definition) => void)[] = [
      (file) => delete file["component-definition"].uuid,
      (file) => Object.assign(requirements(file)[0] ?? {}, { "control-id": "AC 3" }),
      (file) => Object.assign(file["component-definition"], { metadata: { title: "x" } }),
      (file) => Object.assign(file["component-definition"], { stranger: true }),
    ];
    for (const breakIt of broken) {
      const file = definition();
      breakIt(file);
      assert.ok(!valid(file), String(breakIt));
    }
  });

  it("has every control and every paragraph of HIPAA that the report has", () => {
    const { controls, hipaa } = assess(sampleEvidence());
    const file = definition();
    const ofComponent = file["component-definition"].components.flatMap((component) => component.props);
    const props = [...ofComponent, ...requirements(file).flatMap((requirement) => requirement.props)];
    const values = (name: string): string[] =>
      [...new Set(props.filter((prop) => prop.name === name).map(({ value }) => value))].sort();
    assert.deepEqual(values("safeguard"), controls.map(({ id }) => id).sort());
    const cited = new Set([...hipaa.map(({ id }) => id), ...controls.flatMap((control) => control.hipaa)]);
    assert.deepEqual(values("hipaa-paragraph"), [...cited].map((id) => `45 CFR ${id}`).sort());
    assert.ok(requirements(definition()).some((requirement) => requirement["control-id"] === "ac-2.5"));
  });

  it("is the same whenever it is made of the same", () => {
    assert.deepEqual(definition({ operators: [] }), definition({ operators: [] }));
    const uuids = requirements(definition()).map(({ uuid }) => uuid);
    assert.equal(new Set(uuids).size, uuids.length);
  });
});
