import { as, tags, type Convert, type ResourceType } from "./resourceType.js";

const groupRule = {
  same: ["fromPort", "toPort", "ipProtocol", "description"],
  other: {},
  without: { tags: "there a rule has none" },
};

/** IANA's numbers, by the names that the provider takes. */
const protocols: Readonly<Record<string, number>> = { "-1": -1, icmp: 1, tcp: 6, udp: 17 };

/** The VPC and all that is in it, but for instances. */
export const networkTypes: Readonly<Record<string, ResourceType>> = {
  "aws:ec2/vpc:Vpc": {
    is: "AWS::EC2::VPC",
    same: ["cidrBlock", "enableDnsHostnames", "enableDnsSupport", "instanceTenancy"],
    other: { tags },
  },
  "aws:ec2/subnet:Subnet": {
    is: "AWS::EC2::Subnet",
    same: ["availabilityZone", "cidrBlock", "mapPublicIpOnLaunch", "vpcId"],
    other: { tags },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    is: "AWS::EC2::InternetGateway",
    other: { tags, vpcId: joined("AWS::EC2::VPCGatewayAttachment", "VpcId", "InternetGatewayId") },
  },
  "aws:ec2/eip:Eip": { is: "AWS::EC2::EIP", same: ["domain"], other: { tags } },
  "aws:ec2/natGateway:NatGateway": {
    is: "AWS::EC2::NatGateway",
    same: ["allocationId", "subnetId"],
    other: { tags },
  },
  "aws:ec2/routeTable:RouteTable": { is: "AWS::EC2::RouteTable", same: ["vpcId"], other: { tags } },
  "aws:ec2/route:Route": {
    is: "AWS::EC2::Route",
    same: ["destinationCidrBlock", "gatewayId", "natGatewayId", "routeTableId"],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    is: "AWS::EC2::SubnetRouteTableAssociation",
    same: ["routeTableId", "subnetId"],
  },
  "aws:ec2/networkAcl:NetworkAcl": {
    is: "AWS::EC2::NetworkAcl",
    same: ["vpcId"],
    other: { tags, subnetIds: joinedEach("AWS::EC2::SubnetNetworkAclAssociation", "SubnetId", "NetworkAclId") },
  },
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": {
    is: "AWS::EC2::SubnetNetworkAclAssociation",
    same: ["networkAclId", "subnetId"],
  },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    is: "AWS::EC2::NetworkAclEntry",
    same: ["cidrBlock", "egress", "networkAclId", "ruleAction", "ruleNumber"],
    other: {
      protocol: as("Protocol", (value) => protocols[value as string] ?? value),
      fromPort: as("PortRange", (From) => ({ From })),
      toPort: as("PortRange", (To) => ({ To })),
      icmpType: as("Icmp", (Type) => ({ Type })),
      icmpCode: as("Icmp", (Code) => ({ Code })),
    },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    is: "AWS::EC2::SecurityGroup",
    same: ["vpcId"],
    renamed: { description: "GroupDescription" },
    other: { tags },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    ...groupRule,
    is: "AWS::EC2::SecurityGroupIngress",
    renamed: { cidrIpv4: "CidrIp", referencedSecurityGroupId: "SourceSecurityGroupId", securityGroupId: "GroupId" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    ...groupRule,
    is: "AWS::EC2::SecurityGroupEgress",
    renamed: {
      cidrIpv4: "CidrIp",
      referencedSecurityGroupId: "DestinationSecurityGroupId",
      securityGroupId: "GroupId",
    },
  },
  "aws:ec2/networkInterface:NetworkInterface": {
    is: "AWS::EC2::NetworkInterface",
    same: ["description", "subnetId"],
    renamed: { securityGroups: "GroupSet" },
    other: {
      tags,
      privateIps: as("PrivateIpAddresses", (value) =>
        (value as readonly string[]).map((PrivateIpAddress, index) => ({ PrivateIpAddress, Primary: index === 0 })),
      ),
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    is: "AWS::EC2::FlowLog",
    same: ["logDestination", "trafficType"],
    renamed: { iamRoleArn: "DeliverLogsPermissionArn" },
    other: { tags, vpcId: (value) => ({ properties: { ResourceId: value, ResourceType: "VPC" } }) },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    is: "AWS::EC2::VPCEndpoint",
    same: [
      "privateDnsEnabled",
      "routeTableIds",
      "securityGroupIds",
      "serviceName",
      "subnetIds",
      "vpcEndpointType",
      "vpcId",
    ],
    other: { tags },
  },
};

/** An input that names another resource, where CloudFormation has a resource of its own for the two of them. */
function joined(type: string, other: string, own: string): Convert {
  return (value, output) => ({
    resources: { [other]: { Type: type, Properties: { [other]: value, [own]: output("id") } } },
  });
}

function joinedEach(type: string, other: string, own: string): Convert {
  return (values, output) => ({
    resources: Object.fromEntries(
      (values as readonly unknown[]).map((value, index) => [
        `${other}${index}`,
        { Type: type, Properties: { [other]: value, [own]: output("id") } },
      ]),
    ),
  });
}
