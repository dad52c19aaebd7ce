import assert from "node:assert/strict";
import { findingsOfAws, type Finding } from "../../lab/judges/awsJudges.js";
import type { Recorded, Registered } from "../component/mocks.js";
import { answers, fits, isAnswered, placeOf } from "./answers.js";
import { faults, faulty } from "./faults.js";
import { withoutCounterpart } from "./keptTypes.js";
import { documentedActions, policiesOf } from "./policies.js";
import { examplePrograms, recordedPrograms } from "./programs.js";
import { ofAws, tableEntries, templateId, templateOf, type Template } from "./template.js";

describe("AWS's own schemas, as cfn-lint and parliament have them", () => {
  const withFaults = "every argument, with faults";
  const documents = "documents";
  let programs: Readonly<Record<string, Recorded>>;
  let templates: Readonly<Record<string, Template>>;
  let policies: Readonly<Record<string, object>>;
  let found: readonly Finding[];

  before(async () => {
    programs = await recordedPrograms();
    const all = Object.entries(programs).map(([name, { resources }]) => [name, resources] as const);
    const judged = [...all, [withFaults, faulty(programs["every argument"]?.resources ?? [])] as const];
    const actions = documentedActions();
    const role = { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: actions } };
    templates = {
      ...Object.fromEntries(judged.map(([name, resources]) => [name, templateOf(resources)])),
      [documents]: { AWSTemplateFormatVersion: "2010-09-09", Resources: { Actions: role } },
    };
    const ofPrograms = judged.flatMap(([name, resources]) =>
      Object.entries(policiesOf(resources)).map(([input, policy]) => [`${name}: ${input}`, policy] as const),
    );
    policies = { ...Object.fromEntries(ofPrograms), [`${documents}: actions`]: actions };
    found = await findingsOfAws({ templates, policies }, () => undefined);
  });

  it("judge every example", () => {
    for (const file of examplePrograms()) assert.ok(file in programs, `${file} is not in test/schemas/programs.ts.`);
    for (const [name, { resources }] of Object.entries(programs)) {
      const { Resources } = templates[name] ?? { Resources: {} };
      assert.ok(Object.keys(Resources).length > 5, name);
      const left = ofAws(resources).filter((one) => !(templateId(one) in Resources));
      for (const { type } of left) assert.ok(type in withoutCounterpart, type);
      const ofProgram = Object.keys(policies).filter((policy) => policy.startsWith(`${name}: `));
      assert.ok(ofProgram.length > 1, name);
    }
  });

  it("have an answer to each finding", () => {
    const open = found.filter((one) => !one.subject.startsWith(withFaults) && !isAnswered(one));
    assert.deepEqual(open.map(shown), []);
  });

  it("have a finding for each answer", () => {
    const idle = answers.filter((answer) => !found.some((one) => fits(answer, one)));
    assert.deepEqual(idle, []);
  });

  it("find each of the faults that are put in, and nothing else", () => {
    const open = found.filter((one) => one.subject.startsWith(withFaults) && !isAnswered(one));
    const isOf = (one: Finding, { judge, rule, at }: (typeof faults)[number]["found"][number]): boolean =>
      one.judge === judge && one.rule === rule && at.test(placeOf(one).slice(withFaults.length + 2));
    const unseen = faults.flatMap((fault) => fault.found).filter((each) => !open.some((one) => isOf(one, each)));
    assert.deepEqual(unseen, []);
    const instead = faults.map((fault) => fault.instead.split(":").at(-1)?.replaceAll('"', "").toLowerCase() ?? "");
    const others = open.filter(({ message }) => !instead.some((wrong) => message.toLowerCase().includes(wrong)));
    assert.deepEqual(others.map(shown), []);
  });

  it("have an entry for everything that is registered, and refuse what has none", () => {
    const some = programs["every argument"]?.resources.find(({ type }) => type === "aws:ec2/vpc:Vpc");
    assert.ok(some);
    const changed = (change: Partial<Registered>) => () => templateOf([{ ...some, ...change }]);
    assert.doesNotThrow(changed({}));
    assert.throws(changed({ inputs: { ...some.inputs, cidrBlocks: [] } }), /No entry for the input cidrBlocks/);
    assert.throws(changed({ type: "aws:ec2/keyPair:KeyPair" }), /No entry for the type aws:ec2\/keyPair:KeyPair/);
    const used = new Set(
      Object.values(programs).flatMap(({ resources }) =>
        resources.flatMap(({ type, inputs }) => [type, ...Object.keys(inputs).map((input) => `${type} ${input}`)]),
      ),
    );
    assert.deepEqual(
      tableEntries().filter((entry) => !used.has(entry)),
      [],
    );
  });
});

function shown(finding: Finding): string {
  return `${finding.judge} ${finding.rule} ${placeOf(finding)}: ${finding.message}`;
}
