import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import type { StackResource } from "../../../src/policy/resource.js";
import { takeovers } from "../../../src/policy/takeovers.js";
import { outputsOf } from "../../component/outputs.js";
import { resource } from "./stack.js";
import { madeBy } from "./verdicts.js";

/** Resources that a user may put beside a cache: `bad` breaks exactly one rule in its first, `good` none at all. */
export interface Mutation {
  readonly rule: string;
  readonly bad: readonly StackResource[];
  readonly good: readonly StackResource[];
}

const instance = {
  ami: "ami-1",
  instanceType: "m6i.large",
  tenancy: "dedicated",
  subnetId: outputsOf(aws.subnet, "clinic-app-0").id,
  vpcSecurityGroupIds: [outputsOf(aws.securityGroup, "web").id],
  iamInstanceProfile: "web",
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  monitoring: true,
  rootBlockDevice: { encrypted: true },
};
const template = {
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  placement: { tenancy: "dedicated" },
  blockDeviceMappings: [{ deviceName: "/dev/sdb", virtualName: "none" }, { ebs: { encrypted: "true" } }],
};
const ingress = {
  ipProtocol: "tcp",
  fromPort: 8443,
  toPort: 8443,
  cidrIpv4: "10.0.0.0/8",
  securityGroupId: "other-id",
};
const everyPort = { ...ingress, ipProtocol: "-1", fromPort: undefined, toPort: undefined };
const volume = { encrypted: true, id: "volume-id", arn: "arn:aws:ec2:us-east-1:000000000000:volume/vol-1" };
const backup = resource(aws.backupSelection, { resources: [volume.arn] }, { name: "backup" });
const vpc = { id: "other-vpc" };
const flowLog = resource(aws.flowLog, { vpcId: "other-vpc", trafficType: "ALL" }, { name: "log" });
const flowLogOfRefusals = resource(
  aws.flowLog,
  { vpcId: "other-vpc", trafficType: "REJECT" },
  { name: "log" },
);
const closed = resource(
  aws.defaultSecurityGroup,
  { vpcId: "other-vpc", ingress: [], egress: [] },
  { name: "closed" },
);
const user = { id: "ada", name: "ada" };
const group = { id: "nurses", name: "nurses" };
const membership = resource(
  aws.userGroupMembership,
  { user: "ada", groups: ["nurses"] },
  { name: "membership" },
);
const secret = { id: "secret-id", kmsKeyId: "own-key" };
const rotation = resource(aws.secretRotation, { secretId: "secret-id" }, { name: "rotation" });
const cacheGroupId = outputsOf(aws.securityGroup, "sessions").id;
const cacheSubnetId = outputsOf(aws.subnet, "sessions-0").id;
const cacheSubnetArn = outputsOf(aws.subnet, "sessions-0").arn ?? "";
const cacheRouteTableId = outputsOf(aws.routeTable, "sessions-0").id;
const cacheInstanceId = outputsOf(aws.instance, "sessions-0").id;
const cacheInterfaceId = outputsOf(aws.networkInterface, "sessions-0").id;
const cacheProfileName = outputsOf(aws.instanceProfile, "sessions-0").id;
const cacheKey = outputsOf(aws.kmsKey, "sessions");
const cacheKeyArn = cacheKey.arn ?? "";
const cacheRoleName = outputsOf(aws.role, "sessions-0").id;
const cacheRoleArn = outputsOf(aws.role, "sessions-0").arn ?? "";
const cacheSecretArn = outputsOf(aws.secret, "sessions-0-server").id;
const arnOf = (type: string, name: string): string => outputsOf(type, name).arn ?? "";
const clinicVpcId = outputsOf(aws.vpc, "clinic").id;
const ownArn = "arn:aws:s3:::reports/*";

function allow(action: string | string[], on: string | string[]): string {
  const statement = { Effect: "Allow", Action: action, Resource: on };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function one(
  rule: string,
  type: string,
  bad: Record<string, unknown>,
  good: Record<string, unknown>,
): Mutation {
  return { rule, bad: [resource(type, bad)], good: [resource(type, good)] };
}

/** A rule about instances, tried on one that differs in a property. */
function ofInstance(rule: string, change: Record<string, unknown>): Mutation {
  return one(rule, aws.instance, { ...instance, ...change }, instance);
}

/** The same about launch templates. */
function ofTemplate(rule: string, change: Record<string, unknown>): Mutation {
  return one(rule, aws.launchTemplate, { ...template, ...change }, template);
}

/** A port that is opened to the world, and the same to a network. */
function ofPort(rule: string, port: number): readonly Mutation[] {
  const ports = { fromPort: port, toPort: port };
  const inline = (cidrBlocks: string[]) => ({ ingress: [{ protocol: "tcp", ...ports, cidrBlocks }] });
  const old = { type: "ingress", protocol: "tcp", ...ports, securityGroupId: "other-id" };
  return [
    one(
      rule,
      aws.securityGroupIngressRule,
      { ...ingress, ...ports, cidrIpv4: "0.0.0.0/0" },
      { ...ingress, ...ports },
    ),
    one(
      rule,
      aws.securityGroupIngressRule,
      { ...ingress, ...ports, cidrIpv6: "::/0" },
      { ...ingress, ...ports },
    ),
    one(rule, aws.securityGroup, inline(["10.0.0.0/8", "0.0.0.0/0"]), inline(["10.0.0.0/8"])),
    one(rule, aws.securityGroup, inline(["0.0.0.0/1", "128.0.0.0/1"]), inline(["172.16.0.0/12"])),
    one(
      rule,
      aws.securityGroupRule,
      { ...old, cidrBlocks: ["0.0.0.0/0"] },
      { ...old, type: "egress", cidrBlocks: ["0.0.0.0/0"] },
    ),
  ];
}

/** A policy of each kind that grants too much, and one that is about something else. */
function ofPolicy(rule: string, action: string, on: string): Mutation {
  return one(rule, aws.policy, { policy: allow(action, on) }, { policy: allow("s3:GetObject", ownArn) });
}

/** One of AWS's own policies that grants too much, and one that does not. */
function ofAttachment(rule: string, type: string, policy: string): Mutation {
  const arn = (name: string): object => ({ policyArn: `arn:aws:iam::aws:policy/${name}` });
  return one(
    rule,
    type,
    { role: "other", ...arn(policy) },
    { role: "other", ...arn("AmazonSSMManagedInstanceCore") },
  );
}

/** The only policies of a role, a group or a user. */
function attached(policy: string): { readonly policyArns: readonly string[] } {
  return {
    policyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", `arn:aws:iam::aws:policy/${policy}`],
  };
}

/** Something that names what is the cache's, and the same of another's. */
function ofCache(rule: string, type: string, property: string, cacheId: string, more: object = {}): Mutation {
  return one(rule, type, { ...more, [property]: cacheId }, { ...more, [property]: "other-id" });
}

/** What may be put into subnets and groups, each with its own way to say so. */
const placed: readonly [
  type: string,
  of: (subnets: readonly string[], groups: readonly string[]) => Record<string, unknown>,
][] = [
  [
    aws.launchTemplate,
    ([subnetId], securityGroups) => ({ ...template, networkInterfaces: [{ subnetId, securityGroups }] }),
  ],
  [
    "aws:lambda/function:Function",
    (subnetIds, securityGroupIds) => ({ vpcConfig: { subnetIds, securityGroupIds } }),
  ],
  ["aws:lb/loadBalancer:LoadBalancer", (subnets, securityGroups) => ({ subnets, securityGroups })],
  [
    "aws:alb/loadBalancer:LoadBalancer",
    ([subnetId], securityGroups) => ({ subnetMappings: [{ subnetId }], securityGroups }),
  ],
  ["aws:elb/loadBalancer:LoadBalancer", (subnets, securityGroups) => ({ subnets, securityGroups })],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", (subnetIds, securityGroupIds) => ({ subnetIds, securityGroupIds })],
  [
    "aws:ecs/service:Service",
    (subnets, securityGroups) => ({ networkConfiguration: { subnets, securityGroups } }),
  ],
  [
    "aws:eks/cluster:Cluster",
    (subnetIds, securityGroupIds) => ({ vpcConfig: { subnetIds, securityGroupIds } }),
  ],
  [
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    ([subnetId], securityGroupIds) => ({ ipAddresses: [{ subnetId }], securityGroupIds }),
  ],
  [
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    ([subnet = ""], [group = ""]) => ({
      sourceAccessConfigurations: [
        { type: "VPC_SUBNET", uri: `subnet:${subnet}` },
        { type: "VPC_SECURITY_GROUP", uri: `security_group:${group}` },
      ],
    }),
  ],
  [
    "aws:elasticbeanstalk/environment:Environment",
    (subnets, groups) => ({
      settings: [
        { namespace: "aws:ec2:vpc", name: "Subnets", value: ["other-id", ...subnets].join() },
        { namespace: "aws:autoscaling:launchconfiguration", name: "SecurityGroups", value: groups.join() },
      ],
    }),
  ],
];

export const mutations: readonly Mutation[] = [
  ...ofPort("redis-port-not-public", 6379),
  ofCache(
    "cache-security-group-closed",
    aws.securityGroupIngressRule,
    "securityGroupId",
    cacheGroupId,
    ingress,
  ),
  ofCache("cache-security-group-closed", aws.securityGroupEgressRule, "securityGroupId", cacheGroupId),
  ofCache("cache-security-group-closed", aws.securityGroupRule, "securityGroupId", cacheGroupId, {
    type: "egress",
  }),
  ofCache("cache-security-group-alone", aws.networkInterface, "securityGroups", cacheGroupId),
  ofCache(
    "cache-security-group-alone",
    aws.networkInterfaceSecurityGroupAttachment,
    "securityGroupId",
    cacheGroupId,
  ),
  ofInstance("cache-security-group-alone", {
    vpcSecurityGroupIds: [...instance.vpcSecurityGroupIds, cacheGroupId],
  }),
  ofCache(
    "cache-network-acl-closed",
    aws.networkAclRule,
    "networkAclId",
    outputsOf(aws.networkAcl, "sessions").id,
  ),
  ofCache("cache-network-acl-closed", aws.networkAclAssociation, "subnetId", cacheSubnetId),
  ofCache("cache-network-acl-closed", aws.networkAcl, "subnetIds", cacheSubnetId),
  ofCache("cache-network-acl-closed", aws.defaultNetworkAcl, "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-routes", aws.route, "routeTableId", outputsOf(aws.routeTable, "sessions-0").id, {
    destinationCidrBlock: "10.9.0.0/16",
  }),
  ofCache("cache-subnet-routes", aws.routeTableAssociation, "subnetId", cacheSubnetId),
  ofCache("cache-subnet-alone", aws.networkInterface, "subnetId", cacheSubnetId),
  ofInstance("cache-subnet-alone", { subnetId: cacheSubnetId }),
  ...placed.flatMap(([type, of]) => [
    one("cache-subnet-alone", type, of([cacheSubnetId], ["other-id"]), of(["other-id"], ["other-id"])),
    one("cache-security-group-alone", type, of(["other-id"], [cacheGroupId]), of(["other-id"], ["other-id"])),
  ]),
  ofCache("cache-subnet-alone", "aws:autoscaling/group:Group", "vpcZoneIdentifiers", cacheSubnetId),
  ofCache(
    "cache-subnet-alone",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    "subnetIds",
    cacheSubnetId,
  ),
  ofCache("cache-subnet-alone", "aws:rds/subnetGroup:SubnetGroup", "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-alone", "aws:elasticache/subnetGroup:SubnetGroup", "subnetIds", cacheSubnetId),
  ofCache(
    "cache-subnet-alone",
    "aws:ram/resourceAssociation:ResourceAssociation",
    "resourceArn",
    cacheSubnetArn,
  ),
  ofCache(
    "cache-security-group-alone",
    "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
    "securityGroupId",
    cacheGroupId,
  ),
  ofCache("cache-security-group-closed", aws.vpcSecurityGroupRulesExclusive, "securityGroupId", cacheGroupId),
  ...[
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    "aws:vpc/routeServerPropagation:RouteServerPropagation",
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  ].map((type) => ofCache("cache-subnet-routes", type, "routeTableId", cacheRouteTableId)),
  ofCache("cache-subnet-routes", "aws:ec2/vpcEndpoint:VpcEndpoint", "routeTableIds", cacheRouteTableId),
  ofCache(
    "cache-node-alone",
    aws.networkInterfaceSecurityGroupAttachment,
    "networkInterfaceId",
    cacheInterfaceId,
  ),
  ofCache(
    "cache-node-alone",
    "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
    "instanceId",
    cacheInstanceId,
  ),
  ofCache("cache-node-alone", "aws:ec2/volumeAttachment:VolumeAttachment", "instanceId", cacheInstanceId),
  ofCache(
    "cache-node-alone",
    "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
    "networkInterfaceId",
    cacheInterfaceId,
  ),
  one(
    "cache-node-alone",
    "aws:ssm/association:Association",
    { targets: [{ key: "InstanceIds", values: [cacheInstanceId] }] },
    { targets: [{ key: "InstanceIds", values: ["i-1"] }] },
  ),
  ofPolicy("cache-secret-readers", "secretsmanager:GetSecretValue", cacheSecretArn),
  ofPolicy("cache-secret-readers", "secretsmanager:Get*", "arn:aws:secretsmanager:*"),
  ofPolicy("cache-secret-readers", "secretsmanager:GetSecretValue", "*"),
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
  ...takeovers.role.map((action) => ofPolicy("cache-role-alone", action, cacheRoleArn)),
  ofPolicy("cache-role-alone", "iam:PassRole", "*"),
  ...[
    resource(aws.securityGroupIngressRule, { ...ingress, securityGroupId: cacheGroupId }),
    resource(aws.networkAclRule, { networkAclId: outputsOf(aws.networkAcl, "sessions").id }),
    resource(aws.route, { routeTableId: cacheRouteTableId, destinationCidrBlock: "10.9.0.0/16" }),
    resource(aws.instanceProfile, { role: cacheRoleName }),
    resource(aws.networkInterface, { subnetId: cacheSubnetId }),
  ].map(({ type, props }) => ({
    rule: "component-as-given",
    bad: [madeBy("HipaaRedisCache", type, props, "added")],
    good: [],
  })),
  ofInstance("ec2-instance-dedicated", { tenancy: undefined }),
  ofInstance("ec2-instance-dedicated", { tenancy: "default" }),
  ofTemplate("ec2-instance-dedicated", { placement: {} }),
  ofInstance("ec2-instance-metadata-v2", {
    metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
  }),
  ofInstance("ec2-instance-metadata-v2", { metadataOptions: undefined }),
  ofInstance("ec2-instance-metadata-v2", {
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
  }),
  ofTemplate("ec2-instance-metadata-v2", { metadataOptions: {} }),
  ofInstance("ec2-instance-no-public-ip", { associatePublicIpAddress: true }),
  ofTemplate("ec2-instance-no-public-ip", { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
  one("ec2-instance-no-public-ip", aws.eip, { domain: "vpc", instance: "i-1" }, { domain: "vpc" }),
  one(
    "ec2-instance-no-public-ip",
    aws.eipAssociation,
    { allocationId: "eip-1", instanceId: "i-1" },
    { allocationId: "eip-1" },
  ),
  ofInstance("ec2-instance-profile-attached", { iamInstanceProfile: undefined }),
  ofInstance("ec2-instances-in-vpc", { subnetId: undefined }),
  ofInstance("ec2-instance-detailed-monitoring", { monitoring: false }),
  ofInstance("ec2-ebs-optimized-instance", { instanceType: "m3.xlarge" }),
  ofInstance("ebs-volumes-encrypted", { rootBlockDevice: undefined }),
  ofInstance("ebs-volumes-encrypted", { ebsBlockDevices: [{ encrypted: false }] }),
  ofTemplate("ebs-volumes-encrypted", { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] }),
  {
    rule: "ebs-volumes-encrypted",
    bad: [resource(aws.ebsVolume, { ...volume, encrypted: undefined }), backup],
    good: [resource(aws.ebsVolume, volume), backup],
  },
  one("ebs-encryption-by-default", aws.ebsEncryptionByDefault, { enabled: false }, {}),
  one(
    "ebs-snapshots-not-public",
    aws.snapshotCreateVolumePermission,
    { accountId: "all" },
    { accountId: "111111111111" },
  ),
  one(
    "ebs-snapshots-not-public",
    aws.ebsSnapshotBlockPublicAccess,
    { state: "unblocked" },
    { state: "block-all-sharing" },
  ),
  {
    rule: "ebs-volumes-in-backup-plan",
    bad: [resource(aws.ebsVolume, volume)],
    good: [resource(aws.ebsVolume, volume), backup],
  },
  ...ofPort("security-group-restricted-ssh", 22),
  ...[20, 21, 3306, 3309, 3389, 4333].flatMap((port) =>
    ofPort("security-group-restricted-common-ports", port),
  ),
  ...ofPort("security-group-authorized-ports-only", 8080),
  one(
    "security-group-authorized-ports-only",
    aws.securityGroupIngressRule,
    { ...ingress, ipProtocol: "udp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    { ...ingress, fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
  ),
  {
    rule: "security-group-open-in-parts",
    bad: [
      resource(aws.securityGroupIngressRule, { ...ingress, cidrIpv4: "44.0.0.0/8" }),
      resource(aws.securityGroupIngressRule, { ...everyPort, cidrIpv4: "45.0.0.0/8" }, { name: "beside" }),
    ],
    good: [
      resource(aws.securityGroupIngressRule, { ...ingress, cidrIpv4: "44.0.0.0/8" }),
      resource(
        aws.securityGroupIngressRule,
        { ...everyPort, cidrIpv4: "45.0.0.0/8", securityGroupId: "another-id" },
        { name: "beside" },
      ),
    ],
  },
  one(
    "security-group-authorized-ports-only",
    aws.securityGroupRule,
    {
      ...{ type: "ingress", protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroupId: "other-id" },
      cidrBlocks: ["44.0.0.0/8", "45.0.0.0/8"],
    },
    {
      ...{ type: "ingress", protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroupId: "other-id" },
      cidrBlocks: ["44.0.0.0/8", "10.0.0.0/8"],
    },
  ),
  {
    rule: "vpc-default-security-group-closed",
    bad: [resource(aws.vpc, vpc), flowLog],
    good: [resource(aws.vpc, vpc), flowLog, closed],
  },
  one(
    "vpc-default-security-group-closed",
    aws.defaultSecurityGroup,
    { ingress: [{ protocol: "-1", self: true }] },
    { ingress: [] },
  ),
  one(
    "vpc-default-security-group-closed",
    aws.defaultSecurityGroup,
    { egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
    { egress: [] },
  ),
  {
    rule: "vpc-flow-logs-enabled",
    bad: [resource(aws.vpc, vpc), closed],
    good: [resource(aws.vpc, vpc), flowLog, closed],
  },
  {
    rule: "vpc-flow-logs-enabled",
    bad: [resource(aws.vpc, vpc), flowLogOfRefusals, closed],
    good: [resource(aws.vpc, vpc), flowLogOfRefusals, flowLog, closed],
  },
  one(
    "subnet-auto-assign-public-ip-disabled",
    aws.subnet,
    { mapPublicIpOnLaunch: true },
    { mapPublicIpOnLaunch: false },
  ),
  one(
    "no-unrestricted-route-to-internet-gateway",
    aws.route,
    { destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
    { destinationCidrBlock: "0.0.0.0/0", gatewayId: "vgw-1" },
  ),
  one(
    "no-unrestricted-route-to-internet-gateway",
    aws.route,
    { destinationIpv6CidrBlock: "::/0", gatewayId: "igw-1" },
    { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
  ),
  one(
    "no-unrestricted-route-to-internet-gateway",
    aws.routeTable,
    { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
    { routes: [{ cidrBlock: "198.51.100.0/24", gatewayId: "igw-1" }] },
  ),
  one(
    "no-unrestricted-route-to-internet-gateway",
    aws.route,
    { destinationCidrBlock: "128.0.0.0/1", gatewayId: "igw-1" },
    { destinationCidrBlock: "198.0.0.0/8", gatewayId: "igw-1" },
  ),
  one(
    "internet-gateway-authorized-vpc-only",
    aws.internetGateway,
    { vpcId: clinicVpcId },
    { vpcId: "other-vpc" },
  ),
  one(
    "internet-gateway-authorized-vpc-only",
    aws.internetGatewayAttachment,
    { vpcId: clinicVpcId },
    { vpcId: "other-vpc" },
  ),
  ofPolicy("iam-policy-no-admin-access", "*", "*"),
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
  ofAttachment("cache-secret-readers", aws.policyAttachment, "PowerUserAccess"),
  ofPolicy("iam-policy-no-full-access", "s3:*", ownArn),
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
  one(
    "kms-key-rotation-enabled",
    aws.kmsKey,
    { enableKeyRotation: false },
    { customerMasterKeySpec: "RSA_4096" },
  ),
  one(
    "log-group-encrypted",
    aws.logGroup,
    { retentionInDays: 30 },
    { retentionInDays: 30, kmsKeyId: "own-key" },
  ),
  one(
    "log-group-retention-period",
    aws.logGroup,
    { kmsKeyId: "own-key" },
    { retentionInDays: 30, kmsKeyId: "own-key" },
  ),
];
