import type { HipaaRedisCacheArgs } from "../../../src/args.js";
import { HipaaNetwork } from "../../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../../src/hipaaRedisClient.js";
import type { StackResource } from "../../../src/policy/resource.js";
import { judges } from "../../../src/policy/rule.js";
import { rules } from "../../../src/policy/rules.js";
import type { Verdict } from "../../../src/policy/verdict.js";
import { register, unwrapped } from "../../component/mocks.js";
import { sampleArguments } from "../../support/sample.js";

/** A resource of the user's own, as the rules see it. */
export function resource(
  type: string,
  props: Record<string, unknown>,
  options: { name?: string; madeFrom?: StackResource["madeFrom"] } = {},
): StackResource {
  const { name = "added", madeFrom = {} } = options;
  return { type, name, urn: `urn:pulumi:test::test::${type}::${name}`, props, madeFrom };
}

const uploads = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::scans/*" }],
});

/** A network, a cache and a client as the mocks make them, every value known; replicas are in three zones. */
export async function componentStack(
  change: Partial<HipaaRedisCacheArgs<"web">> = {},
): Promise<readonly (StackResource & { inputs: StackResource["props"] })[]> {
  const registered = await register(() => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: change.replicas === undefined ? ["us-east-1a"] : ["us-east-1a", "us-east-1b", "us-east-1c"],
    });
    const cache = new HipaaRedisCache("sessions", {
      ...sampleArguments,
      vpcId: network.vpcId,
      subnets: network.cacheSubnets,
      clients: ["web"],
      ...change,
    });
    new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web", appPolicies: { uploads } });
  });
  return registered.map(({ type, name, parentType, inputs, state, outputs }) => ({
    type,
    name,
    urn: `urn:pulumi:test::test::${parentType === "" ? type : `${parentType}$${type}`}::${name}`,
    props: { ...unwrapped(state), ...outputs },
    madeFrom: {},
    inputs: unwrapped(inputs),
  }));
}

/** A resource as the rules about one resource are told of it: before it is made, by its inputs. */
export function beforeItIsMade(one: StackResource & { readonly inputs?: StackResource["props"] }): StackResource {
  return { ...one, props: one.inputs ?? one.props };
}

/** What the rules find in a stack, compliance left out: `<rule> <resource>`, sorted. */
export function findings(stack: readonly StackResource[], kind: Exclude<Verdict["kind"], "compliant">): string[] {
  return rules
    .flatMap((rule) =>
      stack
        .filter(({ type }) => judges(rule, type))
        .map((one) => ({
          one,
          verdict: "judge" in rule ? rule.judge(beforeItIsMade(one)) : rule.judgeInStack(one, stack),
        }))
        .filter(({ verdict }) => verdict.kind === kind)
        .map(({ one }) => `${rule.name} ${one.name}`),
    )
    .sort();
}
