import {
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type IpPermission,
  type NatGateway,
  type NetworkAclEntry as Ec2AclEntry,
  type NetworkInterface,
  type Route,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type {
  InterfaceFacts,
  NetworkAclEntry,
  NetworkFacts,
  RouteFacts,
  RouteTarget,
  SecurityGroupRule,
} from "./facts.js";

/** Reads back from the EC2 API all that decides about packets inside one VPC. */
export async function readNetworkFacts(ec2: EC2Client, vpcId: string): Promise<NetworkFacts> {
  const ofVpc = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
  const [vpcs, subnets, tables, acls, groups, interfaces, gateways] = await Promise.all([
    ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] })),
    ec2.send(new DescribeSubnetsCommand(ofVpc)),
    ec2.send(new DescribeRouteTablesCommand(ofVpc)),
    ec2.send(new DescribeNetworkAclsCommand(ofVpc)),
    ec2.send(new DescribeSecurityGroupsCommand(ofVpc)),
    ec2.send(new DescribeNetworkInterfacesCommand(ofVpc)),
    ec2.send(new DescribeNatGatewaysCommand({ Filter: ofVpc.Filters })),
  ]);
  const routeTables = tables.RouteTables ?? [];
  const natGateways = (gateways.NatGateways ?? []).filter(({ State }) => State === "available");
  return {
    vpcId,
    cidrBlocks: (vpcs.Vpcs ?? []).flatMap((vpc) => [
      ...(vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => known(CidrBlock, "CIDR block of a VPC")),
    ]),
    subnets: (subnets.Subnets ?? []).map((subnet) => {
      const id = known(subnet.SubnetId, "subnet id");
      const acl = acls.NetworkAcls?.find((each) => each.Associations?.some(({ SubnetId }) => SubnetId === id));
      return {
        id,
        cidrBlock: known(subnet.CidrBlock, `CIDR block of ${id}`),
        networkAclId: known(acl?.NetworkAclId, `network ACL of ${id}`),
        routes: (routeTableOf(routeTables, id)?.Routes ?? []).flatMap((route) =>
          routeFacts(route, natGateways, routeTables),
        ),
      };
    }),
    networkAcls: (acls.NetworkAcls ?? []).map(({ NetworkAclId, Entries }) => ({
      id: known(NetworkAclId, "network ACL id"),
      entries: (Entries ?? []).flatMap(aclEntry),
    })),
    securityGroups: (groups.SecurityGroups ?? []).map(({ GroupId, IpPermissions, IpPermissionsEgress }) => ({
      id: known(GroupId, "security group id"),
      ingress: (IpPermissions ?? []).map(groupRule),
      egress: (IpPermissionsEgress ?? []).map(groupRule),
    })),
    interfaces: (interfaces.NetworkInterfaces ?? []).map(interfaceFacts),
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The EC2 API reported no ${what}; the lab cannot build the network.`);
  return value;
}

function routeTableOf(tables: readonly RouteTable[], subnetId: string): RouteTable | undefined {
  return (
    tables.find(({ Associations }) => Associations?.some((each) => each.SubnetId === subnetId)) ??
    tables.find(({ Associations }) => Associations?.some(({ Main }) => Main === true))
  );
}

function routeFacts(route: Route, gateways: readonly NatGateway[], tables: readonly RouteTable[]): RouteFacts[] {
  // IPv6 does not exist in the lab; a prefix list leads to a gateway endpoint (S3, DynamoDB), which it has none of.
  if (route.DestinationCidrBlock === undefined) return [];
  return [{ destination: route.DestinationCidrBlock, target: routeTarget(route, gateways, tables) }];
}

function routeTarget(route: Route, gateways: readonly NatGateway[], tables: readonly RouteTable[]): RouteTarget {
  if (route.GatewayId === "local") return { kind: "local" };
  if (route.State === "blackhole") return { kind: "unreachable", why: "blackhole" };
  if (route.GatewayId?.startsWith("igw-")) return { kind: "internetGateway" };
  if (route.NatGatewayId === undefined) return { kind: "unreachable", why: "target is not emulated" };
  const subnetId = gateways.find(({ NatGatewayId }) => NatGatewayId === route.NatGatewayId)?.SubnetId;
  if (subnetId === undefined) return { kind: "unreachable", why: "no such NAT gateway" };
  const isPublic = routeTableOf(tables, subnetId)?.Routes?.some(
    (each) => each.DestinationCidrBlock === "0.0.0.0/0" && each.GatewayId?.startsWith("igw-"),
  );
  return isPublic
    ? { kind: "natGateway", subnetId }
    : { kind: "unreachable", why: "subnet of the NAT gateway has no internet gateway" };
}

function aclEntry(entry: Ec2AclEntry): NetworkAclEntry[] {
  if (entry.CidrBlock === undefined) return [];
  const icmp = entry.IcmpTypeCode;
  return [
    {
      ruleNumber: known(entry.RuleNumber, "number of a network ACL rule"),
      egress: known(entry.Egress, "direction of a network ACL rule"),
      action: entry.RuleAction === "allow" ? "allow" : "deny",
      cidrBlock: entry.CidrBlock,
      protocol: known(entry.Protocol, "protocol of a network ACL rule"),
      from: entry.PortRange?.From ?? icmp?.Type,
      to: entry.PortRange?.To ?? icmp?.Code,
    },
  ];
}

function groupRule(permission: IpPermission): SecurityGroupRule {
  return {
    protocol: known(permission.IpProtocol, "protocol of a security group rule"),
    from: permission.FromPort,
    to: permission.ToPort,
    cidrBlocks: (permission.IpRanges ?? []).map(({ CidrIp }) => known(CidrIp, "CIDR of a security group rule")),
    groupIds: (permission.UserIdGroupPairs ?? []).map(({ GroupId }) =>
      known(GroupId, "group of a security group rule"),
    ),
  };
}

function interfaceFacts(each: NetworkInterface): InterfaceFacts {
  const id = known(each.NetworkInterfaceId, "network interface id");
  const listed = (each.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  const addresses = listed.length > 0 ? listed : [known(each.PrivateIpAddress, `address of ${id}`)];
  return {
    id,
    addresses,
    subnetId: known(each.SubnetId, `subnet of ${id}`),
    securityGroupIds: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    hasPublicAddress: each.Association?.PublicIp !== undefined,
  };
}
