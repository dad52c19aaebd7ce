import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import { resource } from "./stack.js";
import { judged, madeBy } from "./verdicts.js";

const rule = "component-as-given";
const type = aws.securityGroupIngressRule;
const token = "pulumi-hipaa-redis:index:HipaaRedisCache";

/** A component that gave a resource of this type, called "own", these inputs. */
function component(given: unknown, urn = token): StackResource {
  return {
    ...resource(token, { given }, { name: "sessions" }),
    urn: `urn:pulumi:test::test::${urn}::sessions`,
  };
}

describe("what is inside a component", () => {
  const told = (
    own: unknown,
    wanted: unknown,
    property = "cidrIpv4",
    of: string = type,
    from: StackResource[] = [],
  ) => {
    const one = { ...madeBy("HipaaRedisCache", of, { [property]: own }), madeFrom: { [property]: from } };
    return judged(rule, one, [component({ [`${of}::own`]: { [property]: wanted } })]).split(":")[0];
  };

  for (const [property, own, given, expected] of [
    ["cidrIpv4", "10.0.0.0/24", "10.0.0.0/24", "compliant"],
    ["cidrIpv4", "10.0.0.0/8", "10.0.0.0/24", "wrong"],
    ["cidrIpv4", undefined, "10.0.0.0/24", "wrong"],
    ["cidrIpv6", "fd00::/8", undefined, "wrong"],
    ["cidrIpv6", "", undefined, "compliant"],
    ["cidrIpv6", null, undefined, "compliant"],
    ["fromPort", 22, 22, "compliant"],
    ["fromPort", "22", 22, "compliant"],
    ["fromPort", 0, 22, "wrong"],
    ["ipProtocol", "6", "tcp", "compliant"],
    ["ipProtocol", "-1", "tcp", "wrong"],
    ["cidrIpv4", notKnown, notKnown, "compliant"],
    ["cidrIpv4", "10.0.0.0/8", notKnown, "open"],
    ["cidrIpv4", notKnown, "10.0.0.0/24", "open"],
    ["cidrIpv6", notKnown, undefined, "compliant"],
  ] as const) {
    it(`is ${expected} with ${property} ${String(own)} where ${String(given)} was given`, () => {
      assert.equal(told(own, given, property), expected);
    });
  }

  it("may be open where nothing was given and something comes from elsewhere", () => {
    const elsewhere = resource("pulumi:pulumi:StackReference", {}, { name: "stack" });
    assert.equal(told(notKnown, undefined, "cidrIpv6", type, [elsewhere]), "open");
  });

  it("may have its lists in another order, its objects with what AWS adds, its policies in AWS's form", () => {
    const groups = (own: unknown, given: unknown) => told(own, given, "securityGroups", aws.networkInterface);
    assert.deepEqual(
      [
        groups(["b", "a"], ["a", "b"]),
        groups(["a", "b", "c"], ["a", "b"]),
        groups("a", ["a"]),
        groups(undefined, ["a"]),
      ],
      ["compliant", "wrong", "wrong", "wrong"],
    );
    assert.deepEqual(
      [groups([notKnown], ["a"]), groups(["a", notKnown], ["a"]), groups([notKnown], [notKnown])],
      ["open", "wrong", "compliant"],
    );
    const attached = (own: unknown, id: unknown) =>
      told(own, { networkInterfaceId: id }, "primaryNetworkInterface", aws.instance);
    assert.deepEqual(
      [
        attached({ networkInterfaceId: "eni-1", deleteOnTermination: false }, "eni-1"),
        attached({ networkInterfaceId: "eni-2", deleteOnTermination: false }, "eni-1"),
        attached({ networkInterfaceId: notKnown }, notKnown),
        attached({ networkInterfaceId: notKnown }, "eni-1"),
        attached(undefined, "eni-1"),
      ],
      ["compliant", "wrong", "compliant", "open", "wrong"],
    );
    const allows = (Action: unknown): string => JSON.stringify({ Statement: [{ Effect: "Allow", Action }] });
    const policy = (own: unknown) => told(own, allows(["a:B", "c:D"]), "policy", aws.rolePolicy);
    assert.deepEqual(
      [
        policy('{"Statement":{"Action":["c:D","a:B"],"Effect":"Allow"}}'),
        policy(allows("a:B")),
        policy(allows("*")),
        policy("{"),
      ],
      ["compliant", "wrong", "wrong", "wrong"],
    );
  });

  it("is told from what was put there, directly or beneath something of the component's", () => {
    const own = madeBy("HipaaRedisCache", type, {});
    const noted = { [`${type}::own`]: {} };
    const say = (one: StackResource, ...components: StackResource[]) => judged(rule, one, components);
    const wrong = "wrong: is inside a HipaaRedisCache that has not made it";
    assert.equal(say(own, component(noted)), "compliant");
    assert.equal(say(madeBy("HipaaRedisCache", type, {}, "another"), component(noted)), wrong);
    assert.equal(say(madeBy("HipaaRedisCache", aws.securityGroupEgressRule, {}), component(noted)), wrong);
    assert.equal(say(own), wrong);
    const beneath = { ...own, urn: `urn:pulumi:test::test::${token}$${aws.securityGroup}$${type}::own` };
    assert.equal(say(beneath, component(noted)), wrong);
    assert.equal(say(own, component({}), component(noted)), "compliant");
    assert.equal(say(own, component(noted, `my:index:App$${token}`)), wrong);
    const within = { ...own, urn: `urn:pulumi:test::test::my:index:App$${token}$${type}::own` };
    assert.equal(say(within, component(noted, `my:index:App$${token}`)), "compliant");
    assert.equal(say(own, component(notKnown)), "open: what a HipaaRedisCache gives is not known yet");
    assert.equal(say(own, component(undefined)), "open: what a HipaaRedisCache gives is not known yet");
    assert.equal(say(resource(type, {}), component({})), "compliant");
  });
});
