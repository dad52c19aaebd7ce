import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { notKnown } from "../../../../src/policy/resource.js";
import { resource } from "../stack.js";
import { judged, madeBy } from "../verdicts.js";

const open = (path: string): string => `open: ${path} is not known yet`;
const fine = "compliant";
const inside = "wrong: is a policy inside a role, user or group";
const toUser = "wrong: attaches a policy to a user";
const awsKey = "wrong: is encrypted with AWS's key, which the whole account may use";
const noRotation = "wrong: has enableKeyRotation unset, which must be true";

type Rows = readonly (readonly [type: string, props: Record<string, unknown>, expected: string])[];
const tables: Readonly<Record<string, Rows>> = {
  "ebs-encryption-by-default": [
    [aws.ebsEncryptionByDefault, {}, fine],
    [aws.ebsEncryptionByDefault, { enabled: true }, fine],
    [aws.ebsEncryptionByDefault, { enabled: false }, "wrong: switches encryption by default off"],
    [aws.ebsEncryptionByDefault, { enabled: notKnown }, open("enabled")],
  ],
  "ebs-snapshots-not-public": [
    [aws.snapshotCreateVolumePermission, { accountId: "111111111111" }, fine],
    [aws.snapshotCreateVolumePermission, { accountId: "all" }, "wrong: shares a snapshot with every account"],
    [aws.snapshotCreateVolumePermission, { accountId: notKnown }, open("accountId")],
    [aws.ebsSnapshotBlockPublicAccess, { state: "block-all-sharing" }, fine],
    [aws.ebsSnapshotBlockPublicAccess, { state: "unblocked" }, "wrong: lets snapshots be shared with everybody"],
    [aws.ebsSnapshotBlockPublicAccess, { state: notKnown }, open("state")],
  ],
  "vpc-default-security-group-closed": [
    [aws.defaultSecurityGroup, { ingress: [], egress: [] }, fine],
    [aws.defaultSecurityGroup, {}, fine],
    [aws.defaultSecurityGroup, { ingress: [{}], egress: [] }, "wrong: has ingress rules"],
    [aws.defaultSecurityGroup, { ingress: [], egress: [{}] }, "wrong: has egress rules"],
    [aws.defaultSecurityGroup, { ingress: notKnown }, open("ingress")],
    [aws.defaultSecurityGroup, { egress: notKnown }, open("egress")],
  ],
  "subnet-auto-assign-public-ip-disabled": [
    [aws.subnet, {}, fine],
    [aws.subnet, { mapPublicIpOnLaunch: false }, fine],
    [aws.subnet, { mapPublicIpOnLaunch: true }, "wrong: assigns public addresses"],
    [aws.subnet, { mapPublicIpOnLaunch: notKnown }, open("mapPublicIpOnLaunch")],
  ],
  "iam-no-inline-policy": [
    ...[aws.rolePolicy, aws.userPolicy, aws.groupPolicy].map((type) => [type, {}, inside] as const),
    [aws.role, {}, fine],
    [aws.role, { inlinePolicies: [] }, fine],
    [aws.role, { inlinePolicies: [{}] }, inside],
    [aws.role, { inlinePolicies: notKnown }, open("inlinePolicies")],
  ],
  "iam-user-no-policies": [
    [aws.userPolicyAttachment, {}, toUser],
    [aws.policyAttachment, { users: ["ada"] }, toUser],
    [aws.policyAttachment, { users: [], roles: ["web"] }, fine],
    [aws.policyAttachment, {}, fine],
    [aws.policyAttachment, { users: notKnown }, open("users")],
  ],
  "secret-uses-customer-managed-key": [
    [aws.secret, { kmsKeyId: "arn:aws:kms:us-east-1:1:key/1" }, fine],
    [aws.secret, { kmsKeyId: "alias/own" }, fine],
    [aws.secret, { kmsKeyId: "alias/aws/secretsmanager" }, awsKey],
    [aws.secret, { kmsKeyId: "arn:aws:kms:us-east-1:1:alias/aws/secretsmanager" }, awsKey],
    [aws.secret, { kmsKeyId: "" }, awsKey],
    [aws.secret, {}, awsKey],
    [aws.secret, { kmsKeyId: notKnown }, open("kmsKeyId")],
  ],
  "kms-key-rotation-enabled": [
    [aws.kmsKey, { enableKeyRotation: true }, fine],
    [aws.kmsKey, { enableKeyRotation: false }, noRotation.replace("unset", "false")],
    [aws.kmsKey, {}, noRotation],
    [aws.kmsKey, { customerMasterKeySpec: "SYMMETRIC_DEFAULT" }, noRotation],
    [aws.kmsKey, { customerMasterKeySpec: "RSA_4096" }, fine],
    [aws.kmsKey, { customerMasterKeySpec: notKnown }, open("customerMasterKeySpec")],
    [aws.kmsKey, { customerMasterKeySpec: notKnown, enableKeyRotation: true }, fine],
    [aws.kmsKey, { enableKeyRotation: notKnown }, open("enableKeyRotation")],
  ],
  "log-group-encrypted": [
    [aws.logGroup, { kmsKeyId: "own" }, fine],
    [aws.logGroup, { kmsKeyId: "" }, "wrong: has no kmsKeyId"],
    [aws.logGroup, {}, "wrong: has no kmsKeyId"],
    [aws.logGroup, { kmsKeyId: notKnown }, open("kmsKeyId")],
  ],
  "log-group-retention-period": [
    [aws.logGroup, { retentionInDays: 1 }, fine],
    [aws.logGroup, {}, "wrong: has no retention period"],
    [aws.logGroup, { retentionInDays: notKnown }, open("retentionInDays")],
  ],
};

describe("rules about the account and what it keeps", () => {
  for (const [rule, rows] of Object.entries(tables)) {
    for (const [type, props, expected] of rows) {
      const shown = JSON.stringify(props, (_, value: unknown) => (value === notKnown ? "to come" : value));
      it(`${rule} says "${expected}" of a ${type.split(":").at(-1) ?? ""} with ${shown}`, () => {
        assert.equal(judged(rule, resource(type, props)), expected);
      });
    }
  }

  it("let this library's own hosts have a policy inside their role", () => {
    for (const component of ["HipaaNetwork", "HipaaRedisCache", "HipaaRedisClient"] as const) {
      assert.equal(judged("iam-no-inline-policy", madeBy(component, aws.rolePolicy, {})), fine);
    }
  });
});
