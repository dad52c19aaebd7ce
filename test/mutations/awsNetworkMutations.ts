import {
  AssignPrivateIpAddressesCommand,
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DisassociateRouteTableCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifySubnetAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UnassignPrivateIpAddressesCommand,
  type EC2Client,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type { Deployed } from "../../src/evidence/evidence.js";
import { describeInstance, inAws, ofSubnet, subnetId, type Account, type AwsMutation } from "./account.js";

const routes = inAws("private-subnets", "each subnet of the cache has the planned routes and no other");
const letsIn = inAws("flows-only", "the security group lets in what is planned and nothing else");
const itsInterface = inAws(
  "flows-only",
  "sessions-0 has one interface, with its address and the cache's security group alone",
);

/** What somebody does to the cache's network. */
export const awsNetworkMutations: readonly AwsMutation[] = [
  {
    what: "give public addresses to what is put into the cache's subnet",
    breaks: inAws(
      "private-subnets",
      "each subnet of the cache is where it was planned, and gives no public address and none of IPv6",
    ),
    does: async ({ ec2, deployed }) => {
      const set = (Value: boolean) =>
        ec2.send(new ModifySubnetAttributeCommand({ SubnetId: subnetId(deployed), MapPublicIpOnLaunch: { Value } }));
      await set(true);
      return () => set(false);
    },
  },
  {
    what: "add a route to the internet to the cache's subnet",
    breaks: routes,
    does: async ({ ec2, deployed }) => {
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: ofSubnet(deployed) }));
      const { InternetGateways } = await ec2.send(
        new DescribeInternetGatewaysCommand({
          Filters: [{ Name: "attachment.vpc-id", Values: [deployed.vpcId] }],
        }),
      );
      const route = { RouteTableId: RouteTables?.[0]?.RouteTableId, DestinationCidrBlock: "192.0.2.0/24" };
      await ec2.send(new CreateRouteCommand({ ...route, GatewayId: InternetGateways?.[0]?.InternetGatewayId }));
      return () => ec2.send(new DeleteRouteCommand(route));
    },
  },
  {
    what: "let another network in by the security group",
    breaks: letsIn,
    does: async ({ ec2, deployed }) => {
      const rule = ruleOf(deployed, 6379, "10.0.200.0/24");
      await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    },
  },
  {
    what: "let the applications' network in on another port",
    breaks: letsIn,
    does: async ({ ec2, deployed }) => {
      const rule = ruleOf(deployed, 8080, "10.0.16.0/20");
      await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    },
  },
  {
    what: "let everybody in by the network ACL",
    breaks: inAws("flows-only", "the network ACL has the planned entries and no other"),
    does: async ({ ec2, deployed }) => {
      const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters: ofSubnet(deployed) }));
      const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId, RuleNumber: 50, Egress: false };
      const all = {
        Protocol: "6",
        RuleAction: "allow",
        CidrBlock: "0.0.0.0/0",
        PortRange: { From: 1, To: 65535 },
      } as const;
      await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, ...all }));
      return () => ec2.send(new DeleteNetworkAclEntryCommand(entry));
    },
  },
  {
    what: "let mail out",
    breaks: inAws("way-out", "the security group lets out to the planned networks alone"),
    does: async ({ ec2, deployed }) => {
      const { CidrIp, ...port } = ruleOf(deployed, 25, "0.0.0.0/0");
      const { GroupId, ...permission } = port;
      const rule = { GroupId, IpPermissions: [{ ...permission, IpRanges: [{ CidrIp }] }] };
      await ec2.send(new AuthorizeSecurityGroupEgressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupEgressCommand(rule));
    },
  },
  {
    what: "lead a network to another VPC",
    breaks: routes,
    does: async ({ ec2, deployed }) => {
      const peering = await ec2.send(
        new CreateVpcPeeringConnectionCommand({ VpcId: deployed.vpcId, PeerVpcId: deployed.vpcId }),
      );
      const { VpcPeeringConnectionId } = peering.VpcPeeringConnection ?? {};
      const { RouteTableId } = await routeTable(ec2, deployed);
      const route = { RouteTableId, DestinationCidrBlock: "10.99.0.0/16" };
      await ec2.send(new CreateRouteCommand({ ...route, VpcPeeringConnectionId }));
      return async () => {
        await ec2.send(new DeleteRouteCommand(route));
        await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
      };
    },
  },
  {
    what: "take the cache's subnet out of its route table",
    breaks: routes,
    does: async ({ ec2, deployed }) => {
      const RouteTableId = await takeFromRouteTable({ ec2, deployed });
      return () => ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: subnetId(deployed) }));
    },
  },
  {
    what: "put something else into the cache's subnet",
    breaks: inAws("private-subnets", "the cache's subnets hold its nodes and nothing else"),
    does: async ({ ec2, deployed }) => {
      const made = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnetId(deployed) }));
      const { NetworkInterfaceId } = made.NetworkInterface ?? {};
      return () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    },
  },
  {
    what: "put the node into a second security group",
    breaks: itsInterface,
    does: async ({ ec2, deployed }) => {
      const NetworkInterfaceId = await interfaceOf(ec2, deployed);
      const set = (...Groups: string[]) =>
        ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups }));
      await set(deployed.securityGroupId, await defaultGroup(ec2, deployed));
      return () => set(deployed.securityGroupId);
    },
  },
  {
    what: "put the node into another security group in the place of its own",
    breaks: itsInterface,
    does: async ({ ec2, deployed }) => {
      const NetworkInterfaceId = await interfaceOf(ec2, deployed);
      const set = (...Groups: string[]) =>
        ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups }));
      await set(await defaultGroup(ec2, deployed));
      return () => set(deployed.securityGroupId);
    },
  },
  {
    what: "give the node a second address",
    breaks: itsInterface,
    does: async ({ ec2, deployed }) => {
      const NetworkInterfaceId = await interfaceOf(ec2, deployed);
      const address = { NetworkInterfaceId, PrivateIpAddresses: ["10.0.0.109"] };
      await ec2.send(new AssignPrivateIpAddressesCommand(address));
      return () => ec2.send(new UnassignPrivateIpAddressesCommand(address));
    },
  },
  {
    what: "let another security group in in place of the bastions'",
    breaks: letsIn,
    does: async ({ ec2, deployed }) => {
      const before = await sshFrom(ec2, deployed, await defaultGroup(ec2, deployed));
      return () => sshFrom(ec2, deployed, before);
    },
  },
];

/** Its association, once made anew, has an id that Pulumi does not know: before a stack is destroyed it has to go. */
export async function takeFromRouteTable({
  ec2,
  deployed,
}: Pick<Account, "ec2" | "deployed">): Promise<string | undefined> {
  const { RouteTableId, Associations } = await routeTable(ec2, deployed);
  const AssociationId = Associations?.[0]?.RouteTableAssociationId;
  await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
  return RouteTableId;
}

/** Lets one security group in for SSH and no other, and returns which it was before. */
async function sshFrom(ec2: EC2Client, deployed: Deployed, peer: string | undefined): Promise<string | undefined> {
  const GroupId = deployed.securityGroupId;
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [GroupId] }] }),
  );
  const rule = SecurityGroupRules.find(({ FromPort, IsEgress }) => FromPort === 22 && IsEgress !== true);
  const SecurityGroupRuleIds = [rule?.SecurityGroupRuleId ?? ""];
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
  const port = { IpProtocol: "tcp", FromPort: 22, ToPort: 22 };
  const IpPermissions = [{ ...port, UserIdGroupPairs: [{ GroupId: peer }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return rule?.ReferencedGroupInfo?.GroupId;
}

async function routeTable(ec2: EC2Client, deployed: Deployed): Promise<RouteTable> {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: ofSubnet(deployed) }));
  const [table] = RouteTables ?? [];
  if (table === undefined) throw new Error("The cache's subnet has no route table.");
  return table;
}

async function interfaceOf(ec2: EC2Client, deployed: Deployed): Promise<string | undefined> {
  const { NetworkInterfaces } = await describeInstance(ec2, deployed);
  return NetworkInterfaces?.[0]?.NetworkInterfaceId;
}

async function defaultGroup(ec2: EC2Client, { vpcId }: Deployed): Promise<string> {
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "group-name", Values: ["default"] },
      ],
    }),
  );
  return SecurityGroups?.[0]?.GroupId ?? "";
}

function ruleOf(
  { securityGroupId }: Deployed,
  port: number,
  cidrBlock: string,
): { GroupId: string; IpProtocol: string; FromPort: number; ToPort: number; CidrIp: string } {
  return { GroupId: securityGroupId, IpProtocol: "tcp", FromPort: port, ToPort: port, CidrIp: cidrBlock };
}
