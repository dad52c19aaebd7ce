import assert from "node:assert/strict";
import { controlsOf } from "../../../../src/evidence/controls/index.js";
import { libraryOscal } from "../../../../src/evidence/oscal/componentDefinition.js";
import { contentOf, type Component } from "./documents.js";

const definition = contentOf(libraryOscal()) as { components: Component[] };
const [component] = definition.components;
assert.ok(component);
const requirements = component["control-implementations"].flatMap((one) => one["implemented-requirements"]);
const props = [...(component.props ?? []), ...requirements.flatMap((requirement) => requirement.props)];
const values = (name: string): string[] =>
  [...new Set(props.filter((prop) => prop.name === name).map(({ value }) => value))].sort();
const find = (id: string) => {
  const found = requirements.find((requirement) => requirement["control-id"] === id);
  assert.ok(found, id);
  return found;
};

/** Those of a cache with the default arguments. */
const controls = controlsOf({});

describe("the library's OSCAL component definition", () => {
  it("is one component, of no cache in particular", () => {
    assert.equal(definition.components.length, 1);
    assert.doesNotMatch(JSON.stringify(definition), /sessions-0|us-east-1|vpc-0|arn:/);
  });

  it("has every control of a cache with the default arguments, and every paragraph of HIPAA that one cites", () => {
    assert.deepEqual(values("safeguard"), controls.map(({ id }) => id).sort());
    const cited = new Set(controls.flatMap(({ hipaa }) => hipaa));
    assert.deepEqual(values("hipaa-paragraph"), [...cited].map((id) => `45 CFR ${id}`).sort());
  });

  it("has each of NIST's controls once, in order, with one implementation status, the worst of all that answer it", () => {
    const ids = requirements.map((requirement) => requirement["control-id"]);
    const nist = [...new Set(controls.flatMap((control) => control.nist))].sort();
    assert.deepEqual(
      ids,
      nist.map((id) => id.toLowerCase().replace("(", ".").replace(")", "")),
    );
    assert.ok(ids.includes("ac-2.5"));
    const state = (id: string): string[] =>
      find(id)
        .props.filter(({ name }) => name === "implementation-status")
        .map(({ value }) => value);
    for (const id of ids) assert.equal(state(id).length, 1, id);
    assert.deepEqual(state("ac-2.5"), ["implemented"]);
    // The organisation's second factor.
    assert.deepEqual(state("ia-2.1"), ["planned"]);
  });

  it("says of each what it demands, what remains, and who sees to it", () => {
    const { description, remarks, "responsible-roles": roles } = find("ac-2.5");
    const logoff = controls.find(({ id }) => id === "automatic-logoff");
    assert.equal(description, `${logoff?.title}: ${logoff?.demand}`);
    assert.equal(remarks, `${logoff?.risk.remains} ${logoff?.risk.mitigation}`);
    assert.deepEqual(roles, [{ "role-id": "provider" }]);
    assert.deepEqual(find("ia-2.1")["responsible-roles"][0], { "role-id": "system-owner" });
  });

  it("has a rule for each that answers one of NIST's controls, by which compliance-trestle takes it up", () => {
    const rules = (component.props ?? []).filter(({ name }) => name === "Rule_Id");
    const answering = controls.filter(({ nist }) => nist.length > 0).map(({ id }) => id);
    assert.deepEqual(
      rules.map(({ value, remarks }) => [value, remarks]),
      answering.map((id) => [id, id]),
    );
    assert.deepEqual(values("Rule_Id"), [...answering].sort());
    for (const { props: own } of requirements) {
      const named = (name: string): string[] => own.filter((one) => one.name === name).map(({ value }) => value);
      assert.deepEqual(named("Rule_Id"), named("safeguard"));
    }
  });

  it("has the parameters that arguments decide, by default, and the ports", () => {
    assert.deepEqual(
      requirements.flatMap((one) => one["set-parameters"] ?? []).map((one) => [one["param-id"], ...one.values]),
      [
        ["ac-12_odp", "its operator has done nothing for 15 minutes"],
        ["ac-02.05_odp", "they have done nothing for 15 minutes"],
        ["si-02_odp", "the time to the next window for security updates (08:00 UTC)"],
      ],
    );
    const ports = component.protocols.map(({ name, "port-ranges": ranges }) => [name, ...ranges]);
    assert.deepEqual(ports, [
      ["redis", { start: 6379, end: 6379, transport: "TCP" }],
      ["ssh", { start: 22, end: 22, transport: "TCP" }],
    ]);
  });
});
