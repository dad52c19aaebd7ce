import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { names, type Naming } from "../../../src/policy/naming.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import { awsInputs } from "./awsInputs.js";
import { resource } from "./stack.js";
import { judged, madeBy } from "./verdicts.js";

describe("whether a resource names a target", () => {
  const arn = "arn:aws:t:us-east-1:1:kind/t-1";
  const target = resource("t", { id: "t-1", arn, name: "one" }, { name: "target" });
  const other = resource("t", { id: "t-2" }, { name: "other" });
  const elsewhere = resource("stack", {}, { name: "elsewhere" });
  const by = /kind/i;
  const of = (props: Record<string, unknown>, more: Partial<Naming> = {}, from?: StackResource[]): string => {
    const madeFrom = Object.fromEntries(Object.keys(props).map((key) => [key, from ?? []]));
    return names(resource("r", props, { madeFrom }), { targets: [target], by, anywhere: true, ...more });
  };

  for (const value of [
    "t-1",
    arn,
    "t-2,t-1",
    "t-2, t-1",
    "kind:t-1",
    "arn:other:kind/t-1",
    "see t-1",
    '{"kind":"t-1"}',
    { "t-1": true },
    ["t-2", "t-1"],
  ]) {
    it(`is yes for ${JSON.stringify(value)}, at any depth`, () => {
      for (const props of [{ kindIds: value }, { any: value }, { a: [{ b: {} }, { b: { c: value } }] }])
        assert.equal(of(props), "yes", JSON.stringify(props));
    });
  }

  for (const value of ["t-10", "xt-1", "t-2", "", "one", "see t-10", '{"kind":"t-1-2"}', 1, true, null, undefined]) {
    it(`is no for ${JSON.stringify(value)}`, () => {
      assert.equal(of({ kindIds: value, a: [{ kindId: value }] }), "no");
    });
  }

  it("is by name only where the property says so, for what has no id of its own; by ARN anywhere", () => {
    const anywhere = false;
    assert.deepEqual(
      [{ kind: "one" }, { a: { kindName: "t-1" } }, { any: "one" }, { any: "t-1" }, { any: arn }].map((props) =>
        of(props, { anywhere }),
      ),
      ["yes", "yes", "no", "no", "yes"],
    );
  });

  it("is no where it is excepted, or handed on as a text, and without a target", () => {
    assert.equal(of({ a: [{ peerKind: "t-1" }] }, { except: /^a\.peerKind$/ }), "no");
    assert.equal(of({ b: [{ peerKind: "t-1" }] }, { except: /^a\.peerKind$/ }), "yes");
    assert.equal(of({ tags: { kind: "t-1" }, userData: "t-1", environment: { variables: { KIND: "t-1" } } }), "no");
    assert.equal(of({ tagsOf: { kind: "t-1" } }), "yes");
    assert.equal(of({ kind: "t-1" }, { targets: [] }), "no");
    assert.equal(of({ kind: notKnown }, { targets: [] }, [target]), "no");
  });

  for (const [what, from, answers] of [
    ["it", [target], ["yes", "notKnown"]],
    ["it and what isn't alike", [target, elsewhere], ["yes", "notKnown"]],
    ["it and another", [target, other], ["notKnown", "notKnown"]],
    ["another", [other], ["no", "no"]],
    ["elsewhere", [elsewhere], ["notKnown", "no"]],
    ["nothing: the cloud fills it in", [], ["no", "no"]],
  ] as const) {
    it(`is ${answers.join(" or ")}, by whether the name says so, for a value to come that is made from ${what}`, () => {
      const sources = [...from];
      for (const [index, key] of ["kindIds", "config"].entries()) {
        assert.equal(of({ [key]: notKnown }, {}, sources), answers[index], key);
        assert.equal(of({ a: [{ [key]: notKnown }] }, {}, sources), answers[index], key);
      }
    });
  }
});

describe("the inputs of AWS's resources that stand for a subnet or a security group", () => {
  const inputs = awsInputs();
  const own = {
    subnet: madeBy("HipaaRedisCache", aws.subnet, { id: "subnet-own" }, "subnet"),
    group: madeBy("HipaaRedisCache", aws.securityGroup, { id: "sg-own" }, "group"),
  };
  /** Those of which a rule says nothing when what it names is a cache's, or will be. */
  const unseen = (all: typeof inputs, rule: string, target: StackResource): string[] =>
    all
      .filter(({ type, path }) =>
        [target.props.id, notKnown].some((value) => {
          const madeFrom = { [path.split(".")[0] ?? ""]: [target] };
          return judged(rule, resource(type, at(path, value), { madeFrom }), [target]) === "compliant";
        }),
      )
      .map(({ type, path }) => `${type.split(":").at(-1) ?? ""} ${path}`);

  it("are all refused a cache's subnet, but for what does not stand in one", () => {
    const said = /\b(subnet (ids?|arns?)\b|(ids?|arns?) of (the |one or more |a )?(vpc )?subnets?\b)/i;
    const all = inputs.filter(({ path, text }) => /subnets?(ids?|arns?)?$/i.test(path) || said.test(text));
    assert.ok(all.length > 180, `${all.length} were found in the SDK`);
    assert.deepEqual(unseen(all, "cache-subnet-alone", own.subnet), [
      "DefaultNetworkAcl subnetIds",
      "FlowLog subnetId",
      "NetworkAcl subnetIds",
      "NetworkAclAssociation subnetId",
      "RouteTableAssociation subnetId",
    ]);
  });

  it("are all refused a cache's group, but for its rules and for peers in others' rules", () => {
    const all = inputs.filter(({ path }) => /securityGroups?(ids?|arns?)?$/i.test(path));
    assert.ok(all.length > 160, `${all.length} were found in the SDK`);
    assert.deepEqual(unseen(all, "cache-security-group-alone", own.group), [
      "DefaultSecurityGroup egress.securityGroups",
      "DefaultSecurityGroup ingress.securityGroups",
      "SecurityGroup egress.securityGroups",
      "SecurityGroup ingress.securityGroups",
      "SecurityGroupRule securityGroupId",
      "SecurityGroupRule sourceSecurityGroupId",
      "VpcSecurityGroupRulesExclusive securityGroupId",
      "SecurityGroupEgressRule referencedSecurityGroupId",
      "SecurityGroupEgressRule securityGroupId",
      "SecurityGroupIngressRule referencedSecurityGroupId",
      "SecurityGroupIngressRule securityGroupId",
    ]);
  });
});

function at(path: string, value: unknown): Record<string, unknown> {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : at(rest.join("."), value) };
}
