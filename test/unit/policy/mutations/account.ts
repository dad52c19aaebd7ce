import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { resource } from "../stack.js";
import {
  user,
  group,
  membership,
  secret,
  rotation,
  ownArn,
  allow,
  one,
  ofPolicy,
  ofAttachment,
  attached,
  type Mutation,
} from "./forms.js";

/** What people, roles, keys and logs of the account may not be. */
export const accountMutations: readonly Mutation[] = [
  ofPolicy("iam-policy-no-admin-access", "*", "*"),
  one(
    "iam-policy-no-admin-access",
    aws.ssoPermissionSetInlinePolicy,
    { inlinePolicy: allow("*", "*") },
    { inlinePolicy: allow("s3:GetObject", ownArn) },
  ),
  ofAttachment("iam-policy-no-admin-access", aws.rolePolicyAttachment, "AdministratorAccess"),
  ofAttachment("iam-policy-no-admin-access", aws.groupPolicyAttachment, "AdministratorAccess"),
  ...[aws.rolePolicyAttachmentsExclusive, aws.groupPolicyAttachmentsExclusive].map((type) =>
    one("iam-policy-no-admin-access", type, attached("AdministratorAccess"), attached("ReadOnlyAccess")),
  ),
  one(
    "iam-policy-no-admin-access",
    aws.role,
    { managedPolicyArns: attached("AdministratorAccess").policyArns },
    { managedPolicyArns: attached("ReadOnlyAccess").policyArns },
  ),
  one(
    "cache-secret-readers",
    aws.role,
    { managedPolicyArns: attached("SecretsManagerReadWrite").policyArns },
    { managedPolicyArns: attached("ReadOnlyAccess").policyArns },
  ),
  {
    rule: "iam-user-no-policies",
    bad: [resource(aws.userPolicyAttachmentsExclusive, { userName: "ada", ...attached("ReadOnlyAccess") })],
    good: [resource(aws.userPolicyAttachmentsExclusive, { userName: "ada", policyArns: [] })],
  },
  ofAttachment("cache-secret-readers", aws.rolePolicyAttachment, "SecretsManagerReadWrite"),
  ofAttachment("cache-secret-readers", aws.policyAttachment, "AWSSecretsManagerClientReadOnlyAccess"),
  ofAttachment("cache-key-users", aws.rolePolicyAttachment, "AmazonMSKFullAccess"),
  ofAttachment("cache-role-alone", aws.groupPolicyAttachment, "IAMFullAccess"),
  ...["AmazonVPCFullAccess", "AmazonEC2FullAccess", "AmazonSSMFullAccess", "job-function/NetworkAdministrator"].map(
    (name) => ofAttachment("cache-network-writers", aws.rolePolicyAttachment, name),
  ),
  one(
    "iam-policy-no-admin-access",
    aws.ssoManagedPolicyAttachment,
    { managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    { managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  ),
  one(
    "cache-network-writers",
    aws.role,
    { managedPolicyArns: attached("AmazonVPCFullAccess").policyArns },
    { managedPolicyArns: attached("AmazonVPCReadOnlyAccess").policyArns },
  ),
  ofPolicy("iam-policy-no-full-access", "s3:*", ownArn),
  ofPolicy("iam-policy-no-full-access", "s3:?*", ownArn),
  one(
    "iam-no-inline-policy",
    aws.role,
    { inlinePolicies: [{ name: "own", policy: allow("s3:GetObject", ownArn) }] },
    { inlinePolicies: [] },
  ),
  {
    rule: "iam-no-inline-policy",
    bad: [resource(aws.rolePolicy, { role: "other", policy: allow("s3:GetObject", ownArn) })],
    good: [],
  },
  {
    rule: "iam-no-inline-policy",
    bad: [resource(aws.userPolicy, { user: "ada", policy: allow("s3:GetObject", ownArn) })],
    good: [],
  },
  {
    rule: "iam-no-inline-policy",
    bad: [resource(aws.groupPolicy, { group: "nurses", policy: allow("s3:GetObject", ownArn) })],
    good: [],
  },
  ofPolicy("iam-customer-policy-blocked-kms-actions", "kms:Decrypt", "*"),
  ofPolicy("iam-customer-policy-blocked-kms-actions", "kms:?ecrypt", "*"),
  ofPolicy("iam-customer-policy-blocked-kms-actions", "kms:*ecrypt", "*"),
  ofPolicy("iam-customer-policy-blocked-kms-actions", "kms:ReEncryptFrom", "*"),
  {
    rule: "iam-user-no-policies",
    bad: [resource(aws.userPolicyAttachment, { user: "ada", policyArn: "arn:1" })],
    good: [],
  },
  one("iam-user-no-policies", aws.policyAttachment, { users: ["ada"] }, { users: [], roles: ["other"] }),
  {
    rule: "iam-user-in-group",
    bad: [resource(aws.user, user)],
    good: [resource(aws.user, user), membership],
  },
  {
    rule: "iam-group-has-users",
    bad: [resource(aws.group, group)],
    good: [resource(aws.group, group), membership],
  },
  {
    rule: "secret-uses-customer-managed-key",
    bad: [resource(aws.secret, { ...secret, kmsKeyId: undefined }), rotation],
    good: [resource(aws.secret, secret), rotation],
  },
  {
    rule: "secret-rotation-enabled",
    bad: [resource(aws.secret, secret)],
    good: [resource(aws.secret, secret), rotation],
  },
  one("kms-key-rotation-enabled", aws.kmsKey, {}, { enableKeyRotation: true }),
  one("kms-key-rotation-enabled", aws.kmsKey, { enableKeyRotation: false }, { customerMasterKeySpec: "RSA_4096" }),
  one("log-group-encrypted", aws.logGroup, { retentionInDays: 30 }, { retentionInDays: 30, kmsKeyId: "own-key" }),
  one(
    "log-group-retention-period",
    aws.logGroup,
    { kmsKeyId: "own-key" },
    { retentionInDays: 30, kmsKeyId: "own-key" },
  ),
];
