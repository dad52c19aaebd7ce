import assert from "node:assert/strict";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { fromEngine, fromEngineStack } from "../../../src/policy/fromEngine.js";
import { notKnown } from "../../../src/policy/resource.js";

const later = {
  enumerable: true,
  get: (): never => {
    throw new Error("unknown");
  },
};

describe("what the engine hands over", () => {
  it("is plain data with a mark where a value isn't known yet, at any depth", () => {
    const inner = Object.defineProperty({ a: 1 }, "later", later);
    const list = Object.defineProperty(["x", "y"], 1, later);
    const props = {
      text: "t",
      zero: 0,
      no: false,
      none: null,
      missing: undefined,
      inner,
      list,
      deep: [[inner]],
    };
    Object.defineProperty(props, "later", later);
    const one = fromEngine({
      type: "t",
      name: "n",
      urn: "u",
      props,
      opts: {},
    } as unknown as ResourceValidationArgs);
    const plain = { a: 1, later: notKnown };
    assert.deepEqual(one, {
      type: "t",
      name: "n",
      urn: "u",
      madeFrom: {},
      props: {
        text: "t",
        zero: 0,
        no: false,
        none: null,
        missing: undefined,
        inner: plain,
        list: ["x", notKnown],
        deep: [[plain]],
        later: notKnown,
      },
    });
    assert.ok(Array.isArray(one.props.list));
  });

  it("is a stack whose resources know what each property was computed from", () => {
    const resource = (name: string, dependencies: Record<string, string[]>): PolicyResource =>
      ({
        type: "t",
        name,
        urn: `urn:${name}`,
        props: { name },
        propertyDependencies: Object.fromEntries(
          Object.entries(dependencies).map(([key, names]) => [key, names.map((one) => ({ urn: `urn:${one}` }))]),
        ),
      }) as unknown as PolicyResource;
    const [first, second, third, ...more] = fromEngineStack([
      resource("first", { a: ["second", "gone"], b: ["third", "second"], c: [] }),
      resource("second", { a: ["first"] }),
      resource("third", {}),
    ]);
    assert.deepEqual(more, []);
    assert.deepEqual(
      [first?.type, first?.name, first?.urn, first?.props],
      ["t", "first", "urn:first", { name: "first" }],
    );
    assert.deepEqual(Object.keys(first?.madeFrom ?? {}), ["a", "b", "c"]);
    assert.deepEqual(first?.madeFrom.a, [second]);
    assert.equal(first.madeFrom.a[0], second);
    assert.deepEqual(first.madeFrom.b, [third, second]);
    assert.deepEqual(first.madeFrom.c, []);
    assert.equal(second?.madeFrom.a?.[0], first);
    assert.deepEqual(third?.madeFrom, {});
  });
});
