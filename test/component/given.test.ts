import assert from "node:assert/strict";
import type { ResourceTransformation } from "@pulumi/pulumi";
import { brief } from "../../src/given/brief.js";
import { isAt, isFree } from "../../src/given/freeInputs.js";
import { givenInputs } from "../../src/given/givenInputs.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { leavesOf } from "../../src/policy/leaves.js";
import { sampleArguments } from "../support/sample.js";
import { register, unwrapped, type Registered } from "./mocks.js";
import { theOtherProgram, theQuickstart, theReplicatedCache } from "./programs.js";

const components = ["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"];
const open: ResourceTransformation = ({ type, props, opts }) =>
  type.endsWith("IngressRule") ? { props: { ...(props as object), cidrIpv4: "10.0.0.0/8" }, opts } : undefined;

function programs(transformations: ResourceTransformation[]): Promise<readonly Registered[]> {
  return register(() => {
    const opts = { transformations };
    const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] }, opts);
    const args = {
      ...sampleArguments,
      vpcId: network.vpcId,
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

  it("is noted for each of them: its inputs as they are registered, but for the free ones", () => {
    assert.ok(own(plain).length > 60);
    for (const one of own(plain)) {
      const inputs = unwrapped(one.inputs);
      const names = Object.keys(inputs).filter((name) => !isFree(one.type, name));
      const ignored = (one.options.ignoreChanges ?? []) as readonly string[];
      const expected = names.map((name) => [name, ignored.includes(name) ? {} : brief(name, inputs[name])]);
      assert.deepEqual(Object.entries(givenTo(plain, one) ?? {}).sort(), expected.sort(), `${one.type} ${one.name}`);
    }
  });

  it("tells no secret", () => {
    const noted = JSON.stringify(plain.map(({ outputs }) => outputs.given ?? {}));
    const secrets = plain.flatMap(({ type, state }) => [
      ...(type.startsWith("random:") ? [String(state.result)] : []),
      ...(type.endsWith(":PrivateKey") ? [String(state.privateKeyPem)] : []),
    ]);
    assert.ok(secrets.length > 2);
    for (const secret of secrets) assert.ok(!noted.includes(secret), secret);
  });

  it("is noted for the component's own resources alone", () => {
    for (const { type, outputs } of plain.filter(({ type }) => type.startsWith("pulumi-hipaa-redis:"))) {
      const names = own(plain).filter(({ parentType }) => parentType === type);
      assert.deepEqual(
        Object.keys(outputs.given as object).sort(),
        names.map((one) => `${one.type}::${one.name}`).sort(),
      );
    }
  });

  it("is what the table of inputs has, no more and no less", async () => {
    const others = [await theQuickstart(), await theOtherProgram(), await theReplicatedCache()];
    const all = [plain, ...others.map(({ resources }) => resources)].flatMap(own);
    const seen = new Map<string, Set<string>>();
    for (const { parentType, type, inputs } of all) {
      const component = parentType.split(":").at(-1) ?? "";
      const given = givenInputs(component, type) ?? assert.fail(`${component} ${type}`);
      const names = seen.get(`${component} ${type}`) ?? new Set<string>();
      for (const { path } of leavesOf(inputs, "").filter((leaf) => !isFree(type, leaf.path)))
        names.add(given.find((one) => isAt(path, one)) ?? assert.fail(`${component} ${type} ${path}`));
      seen.set(`${component} ${type}`, names);
    }
    // A default group is given lists without members.
    const empty = (name: string, type: string): boolean =>
      type.endsWith(":DefaultSecurityGroup") && ["ingress", "egress"].includes(name);
    for (const [of, names] of seen) {
      const [component = "", type = ""] = of.split(" ");
      const expected = givenInputs(component, type)?.filter((name) => !empty(name, type)) ?? [];
      assert.deepEqual([...names].sort(), [...expected].sort(), of);
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
