import assert from "node:assert/strict";
import { awsTypes } from "../../../src/policy/awsTypes.js";
import { rules } from "../../../src/policy/rules.js";

type Type = keyof typeof awsTypes;
/** By rule: whether it judges one resource or needs the stack, the control that it serves, the types that it judges. */
type Row = readonly [kind: "resource" | "stack", control: string, types: readonly Type[] | "aws" | "components"];

const opens = ["securityGroup", "defaultSecurityGroup", "securityGroupIngressRule", "securityGroupRule"] as const;
const alone = ["policy", "ssoPermissionSetInlinePolicy"] as const;
const inline = ["rolePolicy", "userPolicy", "groupPolicy", "role"] as const;
const attach = [
  "rolePolicyAttachment",
  "groupPolicyAttachment",
  "policyAttachment",
  "userPolicyAttachment",
  "rolePolicyAttachmentsExclusive",
  "groupPolicyAttachmentsExclusive",
  "userPolicyAttachmentsExclusive",
  "ssoManagedPolicyAttachment",
] as Type[];

const table: Readonly<Record<string, Row>> = {
  "redis-port-not-public": ["resource", "flows-only", opens],
  "cache-security-group-closed": [
    ...(["stack", "flows-only"] as const),
    [
      ...(["securityGroupIngressRule", "securityGroupEgressRule"] as const),
      ...(["securityGroupRule", "vpcSecurityGroupRulesExclusive"] as const),
    ],
  ],
  "cache-security-group-alone": ["stack", "flows-only", "aws"],
  "cache-network-acl-closed": [
    ...(["stack", "flows-only"] as const),
    ["networkAclRule", "networkAclAssociation", "networkAcl", "defaultNetworkAcl"],
  ],
  "cache-subnet-routes": ["stack", "private-subnets", "aws"],
  "cache-subnet-alone": ["stack", "private-subnets", "aws"],
  "cache-node-alone": ["stack", "flows-only", "aws"],
  "cache-secret-readers": ["stack", "least-privilege", "aws"],
  "cache-key-users": ["stack", "least-privilege", [...alone, ...inline, ...attach, "kmsGrant", "kmsKeyPolicy"]],
  "cache-role-alone": ["stack", "least-privilege", "aws"],
  "cache-network-writers": ["stack", "least-privilege", [...alone, ...inline, ...attach]],
  "component-as-given": ["stack", "flows-only", "components"],
  "component-nothing-added": ["resource", "flows-only", "components"],
  "ec2-instance-dedicated": ["resource", "dedicated-tenancy", ["instance", "launchTemplate"]],
  "ec2-instance-metadata-v2": ["resource", "instance-metadata", ["instance", "launchTemplate"]],
  "ec2-instance-no-public-ip": [
    ...(["resource", "private-subnets"] as const),
    ["instance", "launchTemplate", "eip", "eipAssociation"],
  ],
  "ec2-instance-profile-attached": ["resource", "least-privilege", ["instance"]],
  "ec2-instances-in-vpc": ["resource", "private-subnets", ["instance"]],
  "ec2-instance-detailed-monitoring": ["resource", "limits", ["instance"]],
  "ec2-ebs-optimized-instance": ["resource", "limits", ["instance"]],
  "ebs-volumes-encrypted": ["resource", "encrypted-volumes", ["ebsVolume", "instance", "launchTemplate"]],
  "ebs-encryption-by-default": ["resource", "encrypted-volumes", ["ebsEncryptionByDefault"]],
  "ebs-snapshots-not-public": [
    ...(["resource", "encrypted-volumes"] as const),
    ["snapshotCreateVolumePermission", "ebsSnapshotBlockPublicAccess"],
  ],
  "ebs-volumes-in-backup-plan": ["stack", "backup", ["ebsVolume"]],
  "security-group-restricted-ssh": ["resource", "operators", opens],
  "security-group-restricted-common-ports": ["resource", "flows-only", opens],
  "security-group-authorized-ports-only": ["resource", "flows-only", opens],
  "security-group-open-in-parts": ["stack", "flows-only", opens],
  "prefix-list-not-internet": ["stack", "flows-only", ["managedPrefixList", "managedPrefixListEntry"]],
  "vpc-default-security-group-closed": ["stack", "flows-only", ["vpc", "defaultSecurityGroup"]],
  "vpc-flow-logs-enabled": ["stack", "connection-log", ["vpc"]],
  "subnet-auto-assign-public-ip-disabled": ["resource", "private-subnets", ["subnet"]],
  "no-unrestricted-route-to-internet-gateway": ["stack", "private-subnets", ["route", "routeTable"]],
  "internet-gateway-authorized-vpc-only": [
    ...(["stack", "private-subnets"] as const),
    ["internetGateway", "internetGatewayAttachment"],
  ],
  "iam-policy-no-admin-access": ["resource", "least-privilege", [...alone, ...inline, ...attach]],
  "iam-policy-no-full-access": ["resource", "least-privilege", [...alone, ...inline]],
  "iam-no-inline-policy": ["resource", "least-privilege", inline],
  "iam-customer-policy-blocked-kms-actions": ["resource", "least-privilege", alone],
  "iam-inline-policy-blocked-kms-actions": ["resource", "least-privilege", inline],
  "iam-user-no-policies": [
    ...(["resource", "least-privilege"] as const),
    ["userPolicyAttachment", "userPolicyAttachmentsExclusive", "policyAttachment"],
  ],
  "iam-user-in-group": ["stack", "least-privilege", ["user"]],
  "iam-group-has-users": ["stack", "least-privilege", ["group"]],
  "secret-uses-customer-managed-key": ["resource", "least-privilege", ["secret"]],
  "secret-rotation-enabled": ["stack", "client-passwords", ["secret"]],
  "kms-key-rotation-enabled": ["resource", "encrypted-volumes", ["kmsKey"]],
  "log-group-encrypted": ["resource", "connection-log", ["logGroup"]],
  "log-group-retention-period": ["resource", "connection-log", ["logGroup"]],
};

describe("the table of rules", () => {
  it("has these rules, in this order, each for one control and some types", () => {
    const rows = rules.map((rule) => {
      const kind = "judge" in rule ? "resource" : "stack";
      return [rule.name, [kind, rule.control, rule.types]];
    });
    const expected = Object.entries(table).map(([name, [kind, control, types]]) => {
      return [name, [kind, control, typeof types === "string" ? types : types.map((type) => awsTypes[type])]];
    });
    assert.deepEqual(rows, expected);
  });
});
