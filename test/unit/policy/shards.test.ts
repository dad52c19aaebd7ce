import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import type { StackResource } from "../../../src/policy/resource.js";
import { judges } from "../../../src/policy/rule.js";
import { rules } from "../../../src/policy/rules.js";
import { busPort } from "../../../src/plan/ports.js";
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

/** A rule that a transform gives a network in the place of the nodes' own group. */
function openedTo(stack: readonly StackResource[], name: string): string[] {
  const opened = stack.map((one) =>
    one.name === name
      ? { ...one, props: { ...one.props, referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/8" } }
      : one,
  );
  const changed = opened.find((one, index) => one !== stack[index]);
  assert.ok(changed, name);
  return rules
    .filter((rule) => "judgeInStack" in rule && judges(rule, changed.type))
    .filter((rule) => "judgeInStack" in rule && rule.judgeInStack(changed, opened).kind === "violation")
    .map(({ name: rule }) => rule);
}

/** Rules whose mutations are of a lone node: its name is none of a shard's. */
const ofOneNode = ["cache-node-alone", "cache-role-alone", "cache-secret-readers", "cache-network-writers"];

describe("the rules of the policy pack, of a cache with shards", () => {
  let stack: readonly StackResource[];
  before(async () => {
    stack = await componentStack({ shards: 3, replicas: 1, clientSecurityGroups: true });
  });

  it("find nothing in it, and leave nothing unjudged", () => {
    assert.equal(stack.filter(({ type }) => type === aws.instance).length, 6);
    assert.deepEqual(findings(stack, "violation"), []);
    assert.deepEqual(findings(stack, "undecided"), []);
  });

  it("find each takeover of what all nodes have, as with one node", () => {
    const ofAll = mutations.filter(({ rule }) => !ofOneNode.includes(rule));
    assert.ok(ofAll.length > 100, `${ofAll.length}`);
    for (const { rule, bad, good } of ofAll) {
      assert.deepEqual(foundIn(bad, stack), [`${rule} added`], bad[0]?.type);
      assert.deepEqual(foundIn(good, stack), [], good[0]?.type);
    }
  });

  const idOf = (type: string, name: string): string => outputsOf(type, name).id;
  const ofLastNode: readonly (readonly [rule: string, type: string, props: () => Record<string, unknown>])[] = [
    [
      "cache-node-alone",
      "aws:ec2/volumeAttachment:VolumeAttachment",
      () => ({ instanceId: idOf(aws.instance, "sessions-2-1") }),
    ],
    [
      "cache-role-alone",
      aws.rolePolicyAttachment,
      () => ({ role: idOf(aws.role, "sessions-2-1"), policyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" }),
    ],
    [
      "cache-secret-readers",
      aws.policy,
      () => ({
        policy: allow("secretsmanager:GetSecretValue", outputsOf(aws.secret, "sessions-2-1-server").arn ?? ""),
      }),
    ],
    [
      "cache-network-writers",
      aws.policy,
      () => ({
        policy: allow("ec2:ModifyInstanceAttribute", outputsOf(aws.instance, "sessions-2-1").arn ?? ""),
      }),
    ],
    [
      "cache-security-group-closed",
      aws.securityGroupIngressRule,
      () => ({
        securityGroupId: idOf(aws.securityGroup, "sessions"),
        ipProtocol: "tcp",
        fromPort: busPort,
        toPort: busPort,
        cidrIpv4: "10.0.16.0/20",
      }),
    ],
  ];
  for (const [rule, type, props] of ofLastNode)
    it(`find it at the last node, or at the bus: ${rule}`, () => {
      assert.deepEqual(foundIn([resource(type, props())], stack), [`${rule} added`]);
    });

  it("find a transform that lets a network into replication or the bus in the place of the nodes' own group", () => {
    for (const service of ["replication", "bus"])
      assert.deepEqual(openedTo(stack, `sessions-nodes-to-${service}-nodes`), ["component-as-given"], service);
  });
});
