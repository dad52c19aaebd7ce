import assert from "node:assert/strict";
import { notReportedYet } from "../../src/plan/health.js";
import { unwrapped, type Recorded, type Registered } from "./mocks.js";
import { theQuickstart, theReplicatedCache } from "./programs.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

describe("what nodes with replicas report by, against mocks", () => {
  let replicated: Recorded;
  before(async () => {
    replicated = await theReplicatedCache();
  });

  const named = (type: string, name: string): Registered => {
    const found = replicated.resources.find((one) => one.type === type && one.name === name);
    assert.ok(found, `${type} ${name}`);
    return found;
  };
  const parameterOf = (node: string): Registered => named("aws:ssm/parameter:Parameter", `${node}-health`);

  it("is a parameter for each, named as its secret is, that says nothing yet and is the node's own from then on", () => {
    for (const node of nodes) {
      const { inputs, options } = parameterOf(node);
      // The provider takes every value for a secret.
      const { value } = unwrapped(inputs);
      const { arn } = named("aws:secretsmanager/secret:Secret", `${node}-server`).state;
      assert.deepEqual(
        [inputs.name, inputs.type, value],
        [`/hipaa-redis/${String(arn).split(":").at(-1) ?? ""}`, "String", notReportedYet],
      );
      assert.deepEqual([options.ignoreChanges, options.deleteBeforeReplace], [["value"], true]);
    }
  });

  it("is written by that node's role alone, and nothing else is", () => {
    for (const node of nodes) {
      const policy = named("aws:iam/rolePolicy:RolePolicy", node).inputs.policy as string;
      const { Statement } = JSON.parse(policy) as { Statement: { Action: string; Resource: string }[] };
      const writing = Statement.filter(({ Action }) => Action.startsWith("ssm:"));
      assert.deepEqual(writing, [
        { Effect: "Allow", Action: "ssm:PutParameter", Resource: parameterOf(node).state.arn },
      ]);
    }
  });

  it("is there before the node's interface and instance, which wait for no other node by what Pulumi keeps of them", () => {
    for (const node of nodes) {
      for (const type of ["aws:ec2/networkInterface:NetworkInterface", "aws:ec2/instance:Instance"]) {
        const { options, inputsWaitFor } = named(type, node);
        assert.ok(options.waitsFor?.includes(`Parameter ${node}-health`), JSON.stringify(options.waitsFor));
        const others = [...(options.waitsFor ?? []), ...Object.values(inputsWaitFor).flat()].filter((one) =>
          one.startsWith("Instance "),
        );
        assert.deepEqual(others, []);
      }
      assert.deepEqual(named("aws:ec2/instance:Instance", node).inputsWaitFor.primaryNetworkInterface, [
        `NetworkInterface ${node}`,
      ]);
    }
  });

  it("is asked for where a node is there already, and AWS is asked for that by the node's own profile", () => {
    const asked = replicated.calls.filter(({ token }) => token === "aws:ec2/getInstances:getInstances");
    const profiles = nodes.map((node) => named("aws:iam/instanceProfile:InstanceProfile", node).state.arn);
    assert.deepEqual(
      asked.map(({ inputs }) => inputs.filters).sort(),
      profiles.map((arn) => [{ name: "iam-instance-profile.arn", values: [arn] }]).sort(),
    );
  });

  it("is none where there is one node, and nothing is asked", async () => {
    const { resources, calls } = await theQuickstart();
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("aws:ssm")),
      [],
    );
    assert.deepEqual(
      calls.filter(({ token }) => /ssm|getInstance/.test(token)),
      [],
    );
  });
});
