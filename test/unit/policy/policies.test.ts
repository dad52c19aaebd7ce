import assert from "node:assert/strict";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { hipaaRedisPolicies } from "../../../src/policy/index.js";
import { rules } from "../../../src/policy/rules.js";

type Both = Partial<ResourceValidationPolicy & StackValidationPolicy> & { name: string };
const policies = hipaaRedisPolicies() as readonly Both[];

function policyNamed(name: string): Both {
  const found = policies.filter((one) => one.name === name);
  assert.equal(found.length, 1, name);
  return found[0] ?? assert.fail();
}

/** Properties as the engine hands them over: a value that isn't there yet throws when it is looked at. */
function props(known: object, ...later: string[]): Record<string, unknown> {
  const all: Record<string, unknown> = { ...known };
  for (const key of later) {
    Object.defineProperty(all, key, {
      enumerable: true,
      get: () => {
        throw new Error("unknown");
      },
    });
  }
  return all;
}

function toldOfOne(name: string, type: string, values: Record<string, unknown>): (string | undefined)[] {
  const told: (string | undefined)[] = [];
  const args = { type, name: "web", urn: "urn:web", props: values } as unknown as ResourceValidationArgs;
  const { validateResource } = policyNamed(name);
  const validate = Array.isArray(validateResource) ? assert.fail() : (validateResource ?? assert.fail(name));
  void validate(args, (message, urn) => told.push(message, urn));
  return told;
}

function toldOfStack(name: string, ...resources: [type: string, values: Record<string, unknown>][]): unknown[] {
  const told: unknown[] = [];
  const stack = resources.map(([type, values], index) => ({
    type,
    name: `r${index}`,
    urn: `urn:${index}`,
    props: values,
    propertyDependencies: {},
  })) as unknown as PolicyResource[];
  const validate = policyNamed(name).validateStack ?? assert.fail(name);
  void validate({ resources: stack } as Parameters<typeof validate>[0], (message, urn) => told.push([message, urn]));
  return told;
}

describe("the policies", () => {
  it("are one for each rule, those of single resources first, and one for what isn't known yet", () => {
    const ofResources = rules.filter((rule) => "judge" in rule);
    const ofStacks = rules.filter((rule) => "judgeInStack" in rule);
    assert.deepEqual(
      policies.map(({ name }) => name),
      [...ofResources, ...ofStacks].map(({ name }) => name).concat("not-known-yet"),
    );
    for (const policy of policies.slice(0, -1)) {
      assert.equal(policy.enforcementLevel, "mandatory", policy.name);
      const ofStack = ofStacks.some(({ name }) => name === policy.name);
      assert.deepEqual(
        [policy.validateResource === undefined, policy.validateStack === undefined],
        [ofStack, !ofStack],
      );
    }
  });

  it("say what they ask, by which law, and the way out", () => {
    const { validateResource, ...text } = policyNamed("security-group-restricted-ssh");
    assert.equal(typeof validateResource, "function");
    const reference = "164.312(a)(1), 164.312(e)(1)";
    const version = "45 CFR Part 164, Subpart C";
    const specification = "Port 22 is not open to the world.";
    assert.deepEqual(text, {
      name: "security-group-restricted-ssh",
      description: `${specification} (45 CFR ${reference})`,
      enforcementLevel: "mandatory",
      remediationSteps: "Let in the networks of your bastion hosts only.",
      framework: { name: "HIPAA Security Rule", version, reference, specification },
    });
  });

  it("only advise of what isn't known yet, of resources and of stacks", () => {
    const { validateResource, validateStack, ...text } = policyNamed("not-known-yet");
    assert.deepEqual([typeof validateResource, typeof validateStack], ["function", "function"]);
    const specification =
      "Tells what the other rules cannot judge before the update, so that silence means compliance.";
    assert.deepEqual(text, {
      name: "not-known-yet",
      description: `${specification} (45 CFR 164.308(a)(8))`,
      enforcementLevel: "advisory",
      remediationSteps: "Nothing to do: it is judged when its value is known, during the update.",
      framework: {
        name: "HIPAA Security Rule",
        version: "45 CFR Part 164, Subpart C",
        reference: "164.308(a)(8)",
        specification,
      },
    });
  });

  it("tell a violation of a resource once, by the rule that it breaks, and of no other type", () => {
    const monitoring = "ec2-instance-detailed-monitoring";
    assert.deepEqual(toldOfOne(monitoring, aws.instance, { monitoring: false }), [
      "web has monitoring false, which must be true. Set monitoring: true. (control limits)",
      undefined,
    ]);
    assert.deepEqual(toldOfOne(monitoring, aws.instance, { monitoring: true }), []);
    assert.deepEqual(toldOfOne(monitoring, aws.instance, props({}, "monitoring")), []);
    assert.deepEqual(toldOfOne(monitoring, aws.launchTemplate, { monitoring: false }), []);
  });

  it("tell apart what isn't known yet", () => {
    const told = toldOfOne("not-known-yet", aws.kmsKey, props({}, "enableKeyRotation"));
    assert.deepEqual(told, [
      "kms-key-rotation-enabled cannot judge web: enableKeyRotation is not known yet.",
      undefined,
    ]);
    assert.deepEqual(toldOfOne("not-known-yet", aws.kmsKey, {}), []);
    assert.deepEqual(toldOfOne("not-known-yet", aws.kmsKey, { enableKeyRotation: true }), []);
  });

  const vpc: [string, Record<string, unknown>] = [aws.vpc, { id: "vpc-1" }];
  it("tell a violation in a stack with the resource's URN", () => {
    const flowLogs = "vpc-flow-logs-enabled";
    const wrong =
      'r0 has no flow log of all its traffic. Add an aws.ec2.FlowLog with its vpcId and trafficType "ALL"; HipaaNetwork has one. (control connection-log)';
    assert.deepEqual(toldOfStack(flowLogs, vpc, [aws.flowLog, { vpcId: "vpc-2" }]), [[wrong, "urn:0"]]);
    assert.deepEqual(toldOfStack(flowLogs, vpc, [aws.flowLog, { vpcId: "vpc-1", trafficType: "ALL" }]), []);
    assert.deepEqual(toldOfStack(flowLogs, [aws.subnet, {}]), []);
  });

  it("tell what isn't known yet in a stack with the resource's URN", () => {
    const rules = ["security-group-open-in-parts", "vpc-default-security-group-closed"];
    assert.deepEqual(
      toldOfStack("not-known-yet", [aws.defaultSecurityGroup, props({}, "ingress")]),
      rules.map((rule) => [`${rule} cannot judge r0: ingress is not known yet.`, "urn:0"]),
    );
    assert.deepEqual(toldOfStack("not-known-yet", vpc), []);
  });
});
