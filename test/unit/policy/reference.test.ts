import assert from "node:assert/strict";
import { anyRefersTo, refersTo, type Answer } from "../../../src/policy/reference.js";
import {
  isMadeBy,
  isMadeByThisLibrary,
  listAt,
  notKnown,
  ofCaches,
  valueAt,
  type StackResource,
} from "../../../src/policy/resource.js";
import { resource } from "./stack.js";
import { madeBy } from "./verdicts.js";

describe("the values of a resource", () => {
  const props = { a: { b: 1, c: null, d: notKnown }, list: [1, 2], none: [], flag: false, later: notKnown };
  for (const [path, value, list] of [
    ["a.b", 1, [1]],
    ["a.c", undefined, []],
    ["a.c.x", undefined, []],
    ["a.d", notKnown, notKnown],
    ["a.d.x", notKnown, notKnown],
    ["later.a.b", notKnown, notKnown],
    ["list", props.list, [1, 2]],
    ["none", props.none, []],
    ["flag", false, [false]],
    ["missing", undefined, []],
    ["missing.x", undefined, []],
  ] as const) {
    it(`are found at ${path}`, () => {
      assert.deepEqual(valueAt(props, path), value);
      assert.deepEqual(listAt(props, path), list);
    });
  }

  it("are undefined, or not known yet, where what should hold them is", () => {
    assert.equal(valueAt(undefined, "a"), undefined);
    assert.equal(valueAt(null, "a"), undefined);
    assert.equal(valueAt(notKnown, "a"), notKnown);
  });
});

describe("who has made a resource", () => {
  const components = ["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"] as const;
  it("is told by the types of its parents", () => {
    for (const component of components) {
      const one = madeBy(component, "aws:ec2/vpc:Vpc", {});
      assert.deepEqual(
        components.filter((name) => isMadeBy(name, one)),
        [component],
      );
      assert.equal(isMadeByThisLibrary(one), true);
    }
  });

  it("is the user where a component is no parent, whatever its name or own type", () => {
    const cache = "pulumi-hipaa-redis:index:HipaaRedisCache";
    for (const urn of [`urn:pulumi:s::p::aws:x::${cache}`, `urn:pulumi:s::p::a$${cache}::x`, `urn:${cache}$a`, ""]) {
      assert.equal(isMadeByThisLibrary({ ...resource("a", {}), urn }), false, urn);
    }
  });

  it("may be a grandparent", () => {
    const urn = "urn:pulumi:s::p::my:index:App$pulumi-hipaa-redis:index:HipaaRedisCache$my:index:B$aws:x::n";
    assert.equal(isMadeBy("HipaaRedisCache", { ...resource("aws:x", {}), urn }), true);
  });

  it("says which resources of a type are caches'", () => {
    const own = madeBy("HipaaRedisCache", "a", {});
    const others = [resource("a", {}), madeBy("HipaaNetwork", "a", {}), madeBy("HipaaRedisCache", "b", {})];
    assert.deepEqual(ofCaches([...others, own], "a"), [own]);
  });
});

describe("whether a property names a target", () => {
  const target = resource("t", { id: "t-1", arn: "arn:t-1", name: "one" }, { name: "target" });
  const other = resource("t", { id: "t-2" }, { name: "other" });
  const elsewhere = resource("stack", {}, { name: "elsewhere" });
  const from = (value: unknown, sources?: readonly StackResource[]): StackResource =>
    resource("r", { to: value }, { madeFrom: sources === undefined ? {} : { to: sources } });

  const rows: [string, unknown, readonly StackResource[] | undefined, Answer][] = [
    ["its id", "t-1", undefined, "yes"],
    ["its ARN", "arn:t-1", undefined, "yes"],
    ["its name, which is no identity here", "one", undefined, "no"],
    ["it among others", ["t-2", "t-1"], undefined, "yes"],
    ["another", "t-2", undefined, "no"],
    ["nothing", undefined, undefined, "no"],
    ["no text", 5, undefined, "no"],
    ["a value computed from it", "x", [target], "yes"],
    ["a value computed from it and from what isn't alike", "x", [elsewhere, target], "yes"],
    ["a known value computed from it and another", "t-2", [target, other], "no"],
    ["a value to come, computed from it", notKnown, [target], "yes"],
    ["a value to come, computed from another", notKnown, [other], "no"],
    ["a value to come, computed from it and another", notKnown, [target, other], "notKnown"],
    ["a value to come, computed elsewhere", notKnown, [elsewhere], "notKnown"],
    ["a value to come, which the cloud fills in", notKnown, undefined, "no"],
    ["a known value computed elsewhere", "t-2", [elsewhere], "no"],
    ["a list with one to come, computed elsewhere", ["t-2", notKnown], [elsewhere], "notKnown"],
    ["a list with one to come, and it", [notKnown, "t-1"], [elsewhere], "yes"],
  ];
  for (const [what, value, sources, answer] of rows) {
    it(`is ${answer} for ${what}`, () => {
      assert.equal(refersTo(from(value, sources), "to", [target]), answer);
    });
  }

  it("is no without a target, and what another property is computed from tells nothing", () => {
    assert.equal(refersTo(from(notKnown, [elsewhere]), "to", []), "no");
    assert.equal(refersTo(resource("r", { to: "x" }, { madeFrom: { by: [target] } }), "to", [target]), "no");
  });

  it("is by the identity that is asked for", () => {
    assert.equal(refersTo(from("one"), "to", [target], ["name"]), "yes");
    assert.equal(refersTo(from("t-1"), "to", [target], ["name"]), "no");
  });

  it("is one of several targets", () => {
    assert.equal(refersTo(from("t-2"), "to", [target, other]), "yes");
    assert.equal(refersTo(from(notKnown, [target, other]), "to", [target, other]), "yes");
    assert.equal(refersTo(from(notKnown, [resource("u", {})]), "to", [target, resource("u", {}, { name: "u" })]), "no");
  });

  it("is, for several properties, the strongest answer", () => {
    const props = { yes: "t-1", no: "t-2", later: notKnown };
    const one = resource("r", props, { madeFrom: { later: [elsewhere] } });
    const answer = (...properties: string[]): Answer => anyRefersTo(one, properties, [target]);
    assert.deepEqual(
      [answer(), answer("no", "missing"), answer("no", "later"), answer("later", "yes"), answer("yes", "no")],
      ["no", "no", "notKnown", "yes", "yes"],
    );
  });
});
