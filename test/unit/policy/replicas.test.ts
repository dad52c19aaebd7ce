import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import type { StackResource } from "../../../src/policy/resource.js";
import { judges } from "../../../src/policy/rule.js";
import { rules } from "../../../src/policy/rules.js";
import { outputsOf } from "../../component/outputs.js";
import { mutations } from "./mutations.js";
import { allow } from "./mutations/forms.js";
import { beforeItIsMade, componentStack, findings, resource } from "./stack.js";

/** What the rules find in these resources, which are put beside a stack. */
function foundIn(added: readonly StackResource[], beside: readonly StackResource[]): string[] {
  const stack = [...beside, ...added];
  return added.flatMap((one) =>
    rules
      .filter((rule) => judges(rule, one.type))
      .filter((rule) => {
        const verdict = "judge" in rule ? rule.judge(beforeItIsMade(one)) : rule.judgeInStack(one, stack);
        return verdict.kind === "violation";
      })
      .map((rule) => `${rule.name} ${one.name}`),
  );
}

describe("the rules of the policy pack, of a cache with replicas", () => {
  let stack: readonly StackResource[];
  before(async () => {
    stack = await componentStack({ replicas: 2, clientSecurityGroups: true });
  });

  it("find nothing in it, and leave nothing unjudged", () => {
    assert.equal(stack.filter(({ type }) => type === aws.instance).length, 3);
    assert.deepEqual(findings(stack, "violation"), []);
    assert.deepEqual(findings(stack, "undecided"), []);
  });

  it("find nothing in the largest one", async () => {
    const largest = await componentStack({ replicas: 5 });
    assert.equal(largest.filter(({ type }) => type === aws.instance).length, 6);
    assert.deepEqual(findings(largest, "violation"), []);
  });

  it("find each takeover of the first node and of what all have, as with one node", () => {
    for (const { rule, bad, good } of mutations) {
      assert.deepEqual(foundIn(bad, stack), [`${rule} added`], bad[0]?.type);
      assert.deepEqual(foundIn(good, stack), [], good[0]?.type);
    }
  });

  const idOf = (type: string, name: string): string => outputsOf(type, name).id;
  const arnOf = (type: string, name: string): string => outputsOf(type, name).arn ?? "";
  const ofLastNode: readonly (readonly [rule: string, type: string, props: () => Record<string, unknown>])[] = [
    [
      "cache-node-alone",
      "aws:ec2/volumeAttachment:VolumeAttachment",
      () => ({ instanceId: idOf(aws.instance, "sessions-2") }),
    ],
    ["cache-subnet-alone", aws.networkInterface, () => ({ subnetId: idOf(aws.subnet, "sessions-2") })],
    [
      "cache-subnet-routes",
      aws.route,
      () => ({ routeTableId: idOf(aws.routeTable, "sessions-2"), destinationCidrBlock: "10.9.0.0/16" }),
    ],
    [
      "cache-role-alone",
      aws.rolePolicyAttachment,
      () => ({ role: idOf(aws.role, "sessions-2"), policyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" }),
    ],
    [
      "cache-secret-readers",
      aws.policy,
      () => ({ policy: allow("secretsmanager:GetSecretValue", arnOf(aws.secret, "sessions-2-server")) }),
    ],
    [
      "cache-security-group-closed",
      aws.securityGroupIngressRule,
      () => ({
        securityGroupId: idOf(aws.securityGroup, "sessions"),
        ipProtocol: "tcp",
        fromPort: 6380,
        toPort: 6380,
        cidrIpv4: "10.0.16.0/20",
      }),
    ],
  ];
  for (const [rule, type, props] of ofLastNode)
    it(`find it at the last node as well: ${rule}`, () => {
      assert.deepEqual(foundIn([resource(type, props())], stack), [`${rule} added`]);
    });

  it("find a transform that lets a network into replication in the place of the nodes' own group", () => {
    const opened = stack.map((one) =>
      one.name === "sessions-nodes-to-replication-nodes"
        ? { ...one, props: { ...one.props, referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/8" } }
        : one,
    );
    const changed = opened.find((one, index) => one !== stack[index]);
    assert.ok(changed);
    assert.deepEqual(
      rules
        .filter((rule) => "judgeInStack" in rule && judges(rule, changed.type))
        .filter((rule) => "judgeInStack" in rule && rule.judgeInStack(changed, opened).kind === "violation")
        .map(({ name }) => name),
      ["component-as-given"],
    );
  });
});
