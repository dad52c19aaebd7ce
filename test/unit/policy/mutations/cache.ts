import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { outputsOf } from "../../../component/outputs.js";
import { resource } from "../stack.js";
import { madeBy } from "../verdicts.js";
import {
  instance,
  template,
  ingress,
  cacheGroupId,
  cacheSubnetId,
  cacheSubnetArn,
  cacheRouteTableId,
  cacheInstanceId,
  cacheInterfaceId,
  cacheRoleName,
  one,
  ofInstance,
  ofPort,
  ofCache,
  type Mutation,
} from "./forms.js";

/** What may be put into subnets and groups, each with its own way to say so. */
const placed: readonly [
  type: string,
  of: (subnets: readonly string[], groups: readonly string[]) => Record<string, unknown>,
][] = [
  [
    aws.launchTemplate,
    ([subnetId], securityGroups) => ({ ...template, networkInterfaces: [{ subnetId, securityGroups }] }),
  ],
  ["aws:lambda/function:Function", (subnetIds, securityGroupIds) => ({ vpcConfig: { subnetIds, securityGroupIds } })],
  ["aws:lb/loadBalancer:LoadBalancer", (subnets, securityGroups) => ({ subnets, securityGroups })],
  [
    "aws:alb/loadBalancer:LoadBalancer",
    ([subnetId], securityGroups) => ({ subnetMappings: [{ subnetId }], securityGroups }),
  ],
  ["aws:elb/loadBalancer:LoadBalancer", (subnets, securityGroups) => ({ subnets, securityGroups })],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", (subnetIds, securityGroupIds) => ({ subnetIds, securityGroupIds })],
  ["aws:ecs/service:Service", (subnets, securityGroups) => ({ networkConfiguration: { subnets, securityGroups } })],
  ["aws:eks/cluster:Cluster", (subnetIds, securityGroupIds) => ({ vpcConfig: { subnetIds, securityGroupIds } })],
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

const toApps = { routeTableId: cacheRouteTableId, destinationCidrBlock: "10.0.16.0/20" };

/** Where a route to the network of the applications leads, and where it may. */
const outside: readonly (readonly [bad: object, good: object])[] = [
  [{ networkInterfaceId: "eni-1" }, { vpcPeeringConnectionId: "pcx-1" }],
  [{ gatewayId: "igw-1" }, { gatewayId: "vgw-1" }],
  [{ transitGatewayId: "" }, { transitGatewayId: "tgw-1" }],
  [
    { transitGatewayId: "tgw-1", destinationCidrBlock: "10.0.16.0/21" },
    { transitGatewayId: "tgw-1", destinationCidrBlock: "10.0.0.0/28" },
  ],
  // The way out of a node is no caller's.
  [{ vpcPeeringConnectionId: "pcx-1", destinationCidrBlock: "0.0.0.0/0" }, { vpcPeeringConnectionId: "pcx-1" }],
];

/** What takes a place beside or inside a cache. */
export const cacheMutations: readonly Mutation[] = [
  ...ofPort("redis-port-not-public", 6379),
  ofCache("cache-security-group-closed", aws.securityGroupIngressRule, "securityGroupId", cacheGroupId, ingress),
  ofCache("cache-security-group-closed", aws.securityGroupEgressRule, "securityGroupId", cacheGroupId),
  ofCache("cache-security-group-closed", aws.securityGroupRule, "securityGroupId", cacheGroupId, {
    type: "egress",
  }),
  ofCache("cache-security-group-alone", aws.networkInterface, "securityGroups", cacheGroupId),
  ofCache("cache-security-group-alone", aws.networkInterfaceSecurityGroupAttachment, "securityGroupId", cacheGroupId),
  ofInstance("cache-security-group-alone", {
    vpcSecurityGroupIds: [...instance.vpcSecurityGroupIds, cacheGroupId],
  }),
  ofCache("cache-network-acl-closed", aws.networkAclRule, "networkAclId", outputsOf(aws.networkAcl, "sessions").id),
  ofCache("cache-network-acl-closed", aws.networkAclAssociation, "subnetId", cacheSubnetId),
  ofCache("cache-network-acl-closed", aws.networkAcl, "subnetIds", cacheSubnetId),
  ofCache("cache-network-acl-closed", aws.defaultNetworkAcl, "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-routes", aws.route, "routeTableId", outputsOf(aws.routeTable, "sessions-0").id, {
    destinationCidrBlock: "10.9.0.0/16",
  }),
  ...outside.map(([bad, good]) => one("cache-subnet-routes", aws.route, { ...toApps, ...bad }, { ...toApps, ...good })),
  ofCache("cache-subnet-routes", aws.routeTableAssociation, "subnetId", cacheSubnetId),
  ofCache("cache-subnet-alone", aws.networkInterface, "subnetId", cacheSubnetId),
  ofInstance("cache-subnet-alone", { subnetId: cacheSubnetId }),
  ...placed.flatMap(([type, of]) => [
    one("cache-subnet-alone", type, of([cacheSubnetId], ["other-id"]), of(["other-id"], ["other-id"])),
    one("cache-security-group-alone", type, of(["other-id"], [cacheGroupId]), of(["other-id"], ["other-id"])),
  ]),
  ofCache("cache-subnet-alone", "aws:autoscaling/group:Group", "vpcZoneIdentifiers", cacheSubnetId),
  ofCache("cache-subnet-alone", "aws:ec2transitgateway/vpcAttachment:VpcAttachment", "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-alone", "aws:rds/subnetGroup:SubnetGroup", "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-alone", "aws:elasticache/subnetGroup:SubnetGroup", "subnetIds", cacheSubnetId),
  ofCache("cache-subnet-alone", "aws:ram/resourceAssociation:ResourceAssociation", "resourceArn", cacheSubnetArn),
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
  ofCache("cache-node-alone", aws.networkInterfaceSecurityGroupAttachment, "networkInterfaceId", cacheInterfaceId),
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
    "aws:cloudwatch/eventTarget:EventTarget",
    { runCommandTargets: [{ key: "InstanceIds", values: [cacheInstanceId] }] },
    { runCommandTargets: [{ key: "InstanceIds", values: ["i-1"] }] },
  ),
  one(
    "cache-node-alone",
    aws.metricAlarm,
    {
      dimensions: { InstanceId: cacheInstanceId },
      alarmActions: ["arn:aws:automate:us-east-1:ec2:terminate"],
    },
    {
      dimensions: { InstanceId: cacheInstanceId },
      alarmActions: ["arn:aws:sns:us-east-1:000000000000:told"],
    },
  ),
  ...[
    { parameters: { InstanceIds: `i-1 ${cacheInstanceId}` } },
    { target: { input: JSON.stringify({ InstanceIds: [cacheInstanceId] }) } },
    { members: { [cacheInstanceId]: true } },
  ].map((props) =>
    one("cache-node-alone", "aws:scheduler/schedule:Schedule", props, {
      target: { input: JSON.stringify({ InstanceIds: [`${cacheInstanceId}0`] }) },
    }),
  ),
  one(
    "cache-subnet-alone",
    "aws:cloudcontrol/resource:Resource",
    { desiredState: JSON.stringify({ SubnetId: cacheSubnetId }) },
    { desiredState: JSON.stringify({ SubnetId: "other-id" }) },
  ),
  one(
    "cache-security-group-alone",
    "aws:cloudcontrol/resource:Resource",
    { desiredState: JSON.stringify({ GroupId: cacheGroupId, CidrIp: "0.0.0.0/0" }) },
    { desiredState: JSON.stringify({ GroupId: "other-id", CidrIp: "0.0.0.0/0" }) },
  ),
  one(
    "cache-node-alone",
    "aws:ssm/association:Association",
    { targets: [{ key: "InstanceIds", values: [cacheInstanceId] }] },
    { targets: [{ key: "InstanceIds", values: ["i-1"] }] },
  ),
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
];
