import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { notKnown } from "../../../../src/policy/resource.js";
import { resource } from "../stack.js";
import { judged, madeBy } from "../verdicts.js";

/** What must have another resource beside it that names it. */
interface Companion {
  readonly rule: string;
  readonly reason: string;
  readonly type: string;
  /** Types of resource that may stand for it, with the property that names it. */
  readonly by: readonly (readonly [type: string, property: string])[];
  readonly identity: readonly string[];
  /** What else it has to be. */
  readonly and?: Readonly<Record<string, unknown>>;
}

const [idOrArn, nameOrId] = [
  ["id", "arn"],
  ["name", "id"],
];
const companions: readonly Companion[] = [
  {
    rule: "vpc-default-security-group-closed",
    reason: "keeps AWS's default security group, which is open between its members and outwards",
    type: aws.vpc,
    by: [[aws.defaultSecurityGroup, "vpcId"]],
    identity: idOrArn,
  },
  {
    rule: "vpc-flow-logs-enabled",
    reason: "has no flow log of all its traffic",
    type: aws.vpc,
    by: [[aws.flowLog, "vpcId"]],
    identity: idOrArn,
    and: { trafficType: "ALL" },
  },
  {
    rule: "ebs-volumes-in-backup-plan",
    reason: "is in no backup plan",
    type: aws.ebsVolume,
    by: [[aws.backupSelection, "resources"]],
    identity: idOrArn,
  },
  {
    rule: "secret-rotation-enabled",
    reason: "is not rotated",
    type: aws.secret,
    by: [[aws.secretRotation, "secretId"]],
    identity: idOrArn,
  },
  {
    rule: "iam-user-in-group",
    reason: "is in no group",
    type: aws.user,
    by: [
      [aws.userGroupMembership, "user"],
      [aws.groupMembership, "users"],
    ],
    identity: nameOrId,
  },
  {
    rule: "iam-group-has-users",
    reason: "has no user",
    type: aws.group,
    by: [
      [aws.userGroupMembership, "groups"],
      [aws.groupMembership, "group"],
    ],
    identity: nameOrId,
  },
];

describe("rules about what must be beside a resource", () => {
  for (const { rule, reason, type, by, identity, and = {} } of companions) {
    const values = { id: "own-id", arn: "own-arn", name: "own-name" };
    const one = resource(type, values);
    const elsewhere = resource("pulumi:pulumi:StackReference", {}, { name: "stack" });
    const wrong = `wrong: ${reason}`;
    const open = `open: what could stand for it is not known yet, and without that it ${reason}`;

    it(`${rule} names one that is alone`, () => {
      assert.equal(judged(rule, one), wrong);
    });

    for (const [companion, property] of by) {
      const beside = (value: unknown, from?: object[]): string =>
        judged(rule, one, [
          resource(
            companion,
            { [property]: value, ...and },
            {
              name: "companion",
              madeFrom: from === undefined ? {} : { [property]: from as [] },
            },
          ),
        ]);

      it(`${rule} takes a ${companion} whose ${property} names it`, () => {
        for (const [key, value] of Object.entries(values)) {
          assert.equal(beside(value), identity.includes(key) ? "compliant" : wrong, key);
        }
        assert.equal(beside(["another", values.id]), "compliant");
        assert.equal(beside(notKnown, [one]), "compliant");
      });

      it(`${rule} takes no ${companion} of another's`, () => {
        const other = resource(type, { id: "x" }, { name: "other" });
        assert.deepEqual([beside("another"), beside(undefined), beside(notKnown, [other])], Array(3).fill(wrong));
      });

      it(`${rule} cannot tell where the ${property} of a ${companion} comes from elsewhere`, () => {
        assert.equal(beside(notKnown, [elsewhere]), open);
      });
    }

    it(`${rule} takes nothing of another type`, () => {
      const props = Object.fromEntries([...by].map(([, property]) => [property, values.id]));
      assert.equal(judged(rule, one, [resource(aws.logGroup, props, { name: "log" })]), wrong);
    });
  }

  it("vpc-flow-logs-enabled takes no log of a part, and cannot tell of which part it is before it is known", () => {
    const one = resource(aws.vpc, { id: "own-id" });
    const beside = (vpcId: string, trafficType: unknown): string =>
      judged("vpc-flow-logs-enabled", one, [resource(aws.flowLog, { vpcId, trafficType }, { name: "log" })]);
    for (const traffic of ["REJECT", "ACCEPT", undefined]) assert.match(beside("own-id", traffic), /^wrong: /, traffic);
    assert.match(beside("own-id", notKnown), /^open: /);
    assert.match(beside("another", notKnown), /^wrong: /);
    assert.equal(beside("own-id", "ALL"), "compliant");
  });

  it("let a component's own secrets be, which pulumi up rotates", () => {
    for (const component of ["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"] as const) {
      assert.equal(judged("secret-rotation-enabled", madeBy(component, aws.secret, { id: "s" })), "compliant");
    }
  });
});
