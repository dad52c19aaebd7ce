import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { networkTakeovers } from "../../../../src/policy/networkTakeovers.js";
import { takeovers } from "../../../../src/policy/takeovers.js";
import { resource } from "../stack.js";
import {
  cacheSubnetArn,
  cacheProfileName,
  cacheKey,
  cacheKeyArn,
  cacheRoleName,
  cacheRoleArn,
  cacheSecretArn,
  arnOf,
  allow,
  ownArn,
  one,
  ofInstance,
  ofTemplate,
  ofPolicy,
  ofCache,
  type Mutation,
} from "./forms.js";

/** What grants somebody what is a cache's. */
export const grantMutations: readonly Mutation[] = [
  ofPolicy("cache-secret-readers", "secretsmanager:GetSecretValue", cacheSecretArn),
  ofPolicy("cache-secret-readers", "secretsmanager:Get*", "arn:aws:secretsmanager:*"),
  ofPolicy("cache-secret-readers", "secretsmanager:GetSecretValue", "*"),
  one(
    "cache-secret-readers",
    aws.ssoPermissionSetInlinePolicy,
    { inlinePolicy: allow("secretsmanager:GetSecretValue", cacheSecretArn) },
    { inlinePolicy: allow("secretsmanager:GetSecretValue", ownArn) },
  ),
  ...[...takeovers.secret.read, ...takeovers.secret.change].map((action) =>
    ofPolicy("cache-secret-readers", action, cacheSecretArn),
  ),
  ofCache("cache-secret-readers", aws.secretPolicy, "secretArn", cacheSecretArn),
  ofCache("cache-secret-readers", aws.secretVersion, "secretId", cacheSecretArn),
  ofCache("cache-secret-readers", aws.secretRotation, "secretId", cacheSecretArn),
  one(
    "cache-secret-readers",
    "aws:rds/proxy:Proxy",
    { auths: [{ secretArn: cacheSecretArn }] },
    { auths: [{ secretArn: "arn:other" }] },
  ),
  ...takeovers.key.decrypt.map((action) => ofPolicy("cache-key-users", action, cacheKeyArn)),
  ...takeovers.key.open.flatMap((action) => [
    ofPolicy("cache-key-users", action, cacheKeyArn),
    ofPolicy("cache-key-users", action, "*"),
  ]),
  ofCache("cache-key-users", aws.kmsGrant, "keyId", cacheKey.id),
  ofCache("cache-key-users", aws.kmsKeyPolicy, "keyId", cacheKeyArn),
  ofCache("cache-role-alone", aws.rolePolicyAttachment, "role", cacheRoleName),
  ofCache("cache-role-alone", aws.policyAttachment, "roles", cacheRoleName),
  ofCache("cache-role-alone", aws.rolePolicyAttachmentsExclusive, "roleName", cacheRoleName),
  ofCache("cache-role-alone", aws.rolePoliciesExclusive, "roleName", cacheRoleName),
  ofCache("cache-role-alone", aws.instanceProfile, "role", cacheRoleName),
  ofCache("cache-role-alone", "aws:lambda/function:Function", "role", cacheRoleArn),
  ofInstance("cache-role-alone", { iamInstanceProfile: cacheProfileName }),
  ofTemplate("cache-role-alone", { iamInstanceProfile: { name: cacheProfileName } }),
  ...[
    ["ec2:AuthorizeSecurityGroupIngress", arnOf(aws.securityGroup, "sessions")],
    ["ec2:ModifyNetworkInterfaceAttribute", arnOf(aws.networkInterface, "sessions-0")],
    ["ec2:ModifyInstanceAttribute", arnOf(aws.instance, "sessions-0")],
    ["ec2:M*", arnOf(aws.instance, "sessions-0")],
    ["ec2:RunInstances", cacheSubnetArn],
    ["ec2:CreateRoute", arnOf(aws.routeTable, "sessions-0")],
    ["ec2:ReplaceNetworkAclEntry", arnOf(aws.networkAcl, "sessions")],
    ["ssm:SendCommand", arnOf(aws.instance, "sessions-0")],
    ["ssm:StartSession", arnOf(aws.instance, "sessions-0")],
    ["ec2-instance-connect:SendSSHPublicKey", arnOf(aws.instance, "sessions-0")],
  ].flatMap(([action = "", arn = ""]) => [
    ofPolicy("cache-network-writers", action, arn),
    {
      ...ofPolicy("cache-network-writers", action, arn),
      good: [resource(aws.policy, { policy: allow(["ec2:DescribeInstances", "ec2:GetConsoleOutput"], arn) })],
    },
  ]),
  ...networkTakeovers.flatMap((action) => [
    ofPolicy("cache-network-writers", action, "*"),
    ofPolicy("cache-network-writers", `${action.slice(0, -1)}?`, "*"),
  ]),
  {
    ...ofPolicy("cache-network-writers", "ec2:Modify*", "*"),
    good: [resource(aws.policy, { policy: allow(["ec2:CreateTags", "ec2:RunInstances", "ec2:Describe*"], "*") })],
  },
  ...takeovers.role.map((action) => ofPolicy("cache-role-alone", action, cacheRoleArn)),
  ofPolicy("cache-role-alone", "iam:PassRole", "*"),
];
