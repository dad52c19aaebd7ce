import assert from "node:assert/strict";
import { isFilledIn } from "../../../src/given/filledIn.js";
import { isAt, isFree } from "../../../src/given/freeInputs.js";
import { givenInputs } from "../../../src/given/givenInputs.js";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { insideOf, notKnown, type StackResource } from "../../../src/policy/resource.js";
import { awsInputs, type AwsInput } from "./awsInputs.js";
import { beforeItIsMade, componentStack, resource } from "./stack.js";
import { judged } from "./verdicts.js";

const [asGiven, nothingAdded] = ["component-as-given", "component-nothing-added"];

/** The same with another value at a path. */
function changed(one: StackResource, path: string, value: unknown): StackResource {
  return { ...one, props: put(one.props, path.split("."), value) as Record<string, unknown> };
}

function put(at: unknown, [key = "", ...below]: readonly string[], value: unknown): unknown {
  const around = typeof at === "object" && at !== null && !Array.isArray(at) ? at : {};
  const within: unknown = Reflect.get(around, key);
  return { ...around, [key]: below.length === 0 ? value : put(within, below, value) };
}

/** What somebody may mean by an input: that it is there at all. */
function saidLoudly({ declared }: AwsInput): unknown {
  if (declared.includes("boolean")) return true;
  return declared.includes("[]") ? ["x"] : "x";
}

describe("each input of each resource of the components", () => {
  let stack: readonly StackResource[];
  let all: readonly { readonly one: StackResource; readonly component: string; readonly input: AwsInput }[];
  before(async () => {
    stack = await componentStack();
    const inputs = (["aws", "random", "tls"] as const).flatMap((provider) => awsInputs(provider));
    all = stack.flatMap((one) => {
      const component = insideOf(one)?.component;
      const ofType = inputs.filter(({ type }) => type === one.type);
      assert.ok(component === undefined || ofType.length > 0, one.type);
      return component === undefined ? [] : ofType.map((input) => ({ one, component, input }));
    });
  });
  const among = (kind: "free" | "given" | "other", atLeast: number): typeof all => {
    const found = all.filter(({ one: { type }, component, input: { path } }) => {
      if (isFree(type, path)) return kind === "free";
      const given = givenInputs(component, type)?.some((of) => isAt(path, of) || isAt(of, path)) ?? false;
      return kind === (given ? "given" : "other");
    });
    assert.ok(found.length >= atLeast, `${found.length} ${kind} inputs`);
    return found;
  };

  it("passes as it is", () => {
    for (const one of stack)
      assert.deepEqual(
        [judged(asGiven, one, stack), judged(nothingAdded, beforeItIsMade(one))],
        ["compliant", "compliant"],
        `${one.type} ${one.name}`,
      );
  });

  it("that is free may have any value", () => {
    for (const { one, input } of among("free", 100)) {
      const of = (it: StackResource): StackResource => changed(it, input.path, saidLoudly(input));
      assert.deepEqual(
        [judged(asGiven, of(one), stack), judged(nothingAdded, of(beforeItIsMade(one)))],
        ["compliant", "compliant"],
        `${one.type} ${input.path}`,
      );
    }
  });

  it("that the component gives may have no other value, nor be left out", () => {
    for (const { one, component, input } of among("given", 300)) {
      const [property = ""] = input.path.split(".");
      // A newer image is not taken, so that any may be there.
      if (one.type === aws.instance && property === "ami") continue;
      const wrong = `wrong: has a different ${property} from what its ${component} gives it`;
      const said = judged(asGiven, changed(one, input.path, "10.99.0.0/16"), stack);
      // Of what is inside a policy, the whole text is given; of what is left out for this one, nothing at all.
      if (givenInputs(component, one.type)?.includes(input.path) === true || !input.path.includes("."))
        assert.equal(said, wrong, `${one.type} ${input.path}`);
      const without = judged(asGiven, changed(one, property, undefined), stack);
      assert.ok([wrong, "compliant"].includes(without), without);
      if (hasValue(one.props[property])) assert.equal(without, wrong, `${one.type} ${input.path}`);
    }
  });

  it("that no component gives may not be added, unless it says what is there without it; the user's own may have it", () => {
    for (const { one, input } of among("other", 500)) {
      const { path } = input;
      const of = (value: unknown): string => judged(nothingAdded, changed(beforeItIsMade(one), path, value));
      const what = `${one.type} ${path}`;
      const [loud, wrong] = [saidLoudly(input), `wrong: has ${path} that no component gives`];
      assert.equal(of(isFilledIn(one.type, path, loud) ? false : loud), wrong, what);
      assert.equal(of(notKnown), `open: ${path} is not known yet`, what);
      assert.deepEqual([of(undefined), of(null), of([])], ["compliant", "compliant", "compliant"], what);
      const users = changed(resource(one.type, {}), path, loud);
      assert.equal(judged(nothingAdded, users), "compliant", what);
    }
  });

  it("may be told as false, nothing or empty only where that is how it is without it", () => {
    const turnedOff = among("other", 500)
      .filter(
        ({ one, input: { path } }) => judged(nothingAdded, changed(beforeItIsMade(one), path, false)) !== "compliant",
      )
      .map(({ one, input: { path } }) => `${one.type.split(":").at(-1) ?? ""} ${path}`);
    assert.deepEqual([...new Set(turnedOff)].sort(), [
      "FlowLog logDestinationType",
      "Instance sourceDestCheck",
      "Key customerMasterKeySpec",
      "Key isEnabled",
      "Key keyUsage",
      "NatGateway availabilityMode",
      "NatGateway connectivityType",
      "NetworkInterface sourceDestCheck",
      "PrivateKey rsaBits",
      "RandomPassword lower",
      "RandomPassword number",
      "RandomPassword numeric",
      "RandomPassword upper",
      "Role maxSessionDuration",
      "Role path",
    ]);
  });
});

function hasValue(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
