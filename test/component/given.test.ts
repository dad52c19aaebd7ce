import assert from "node:assert/strict";
import type { ResourceTransformation } from "@pulumi/pulumi";
import { brief } from "../../src/given/brief.js";
import {
  guardedInputs,
  guardedWhenGiven,
  neverGiven,
  neverGivenByCache,
} from "../../src/given/guardedInputs.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { sampleShape } from "../support/sample.js";
import { register, type Registered } from "./mocks.js";

const components = ["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"];
const open: ResourceTransformation = ({ type, props, opts }) =>
  type.endsWith("IngressRule")
    ? { props: { ...(props as object), cidrIpv4: "10.0.0.0/8" }, opts }
    : undefined;

function programs(transformations: ResourceTransformation[]): Promise<readonly Registered[]> {
  return register(() => {
    const opts = { transformations };
    const network = new HipaaNetwork(
      "clinic",
      { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] },
      opts,
    );
    const args = {
      vpcId: network.vpcId,
      ...sampleShape,
      subnets: network.cacheSubnets,
      clients: ["web"] as const,
    };
    const cache = new HipaaRedisCache("sessions", args, opts);
    new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" }, opts);
  });
}

/** What a component says that it gave a resource of its own. */
function givenTo(all: readonly Registered[], { parentType, type, name }: Registered): unknown {
  const component = all.find((one) => one.type === parentType) ?? assert.fail(parentType);
  return (component.outputs.given as Record<string, unknown>)[`${type}::${name}`];
}

describe("what components give their resources, against mocks", () => {
  let plain: readonly Registered[];
  let transformed: readonly Registered[];
  before(async () => {
    plain = await programs([]);
    transformed = await programs([open]);
  });
  const own = (all: readonly Registered[]): Registered[] =>
    all.filter(({ parentType }) => components.some((name) => parentType.endsWith(`:${name}`)));

  it("is noted for each of them: its guarded inputs, as they are registered", () => {
    assert.ok(own(plain).length > 60);
    for (const one of own(plain)) {
      const all = [...(guardedInputs[one.type] ?? []), ...(guardedWhenGiven[one.type] ?? [])];
      const names = all.filter((name) => one.inputs[name] !== undefined);
      const expected = Object.fromEntries(names.map((name) => [name, brief(one.inputs[name])]));
      assert.deepEqual(givenTo(plain, one), expected, `${one.type} ${one.name}`);
    }
  });

  it("is nothing else", () => {
    for (const { type, outputs } of plain.filter(({ type }) => type.startsWith("pulumi-hipaa-redis:"))) {
      const names = own(plain).filter(({ parentType }) => parentType === type);
      assert.deepEqual(
        Object.keys(outputs.given as object).sort(),
        names.map((one) => `${one.type}::${one.name}`).sort(),
      );
    }
  });

  it("says every guarded input of some resource, but for other ways to say the same", () => {
    const seen = new Set(
      own(plain).flatMap(({ type, inputs }) => Object.keys(inputs).map((name) => `${type} ${name}`)),
    );
    const types = Object.keys(guardedInputs).filter((type) => own(plain).some((one) => one.type === type));
    for (const type of types)
      assert.ok(
        (guardedInputs[type] ?? []).some((name) => seen.has(`${type} ${name}`)),
        type,
      );
  });

  it("is never a list of those that only a transform may add", () => {
    for (const { parentType, type, name, inputs } of own(plain)) {
      const ofCaches = parentType.endsWith("RedisCache") ? neverGivenByCache : {};
      for (const property of [...(neverGiven[type] ?? []), ...(ofCaches[type] ?? [])])
        assert.equal(inputs[property], undefined, `${name} ${property}`);
    }
  });

  it("is what it was before a transformation of the component's user has changed it", () => {
    const rule = own(transformed).find(({ type }) => type.endsWith("IngressRule")) ?? assert.fail();
    const before = own(plain).find(({ name }) => name === rule.name) ?? assert.fail();
    assert.equal(rule.inputs.cidrIpv4, "10.0.0.0/8");
    assert.deepEqual(givenTo(transformed, rule), givenTo(plain, before));
    assert.notEqual(before.inputs.cidrIpv4, "10.0.0.0/8");
  });
});
