import * as aws from "@pulumi/aws";
import type { Output, Resource } from "@pulumi/pulumi";
import { cacheCidrBlock, surroundings } from "../surroundings";

/** A cache's subnet with its routes, its network ACL and its security group. */
export function createNetwork(
  name: string,
  index: number,
): { subnetId: Output<string>; securityGroupId: Output<string>; ready: Resource[] } {
  const { vpcId, natGatewayId, availabilityZone } = surroundings;
  const named = `${name}-0`;
  const tags = { Name: named };
  const subnet = new aws.ec2.Subnet(
    named,
    { vpcId, cidrBlock: cacheCidrBlock(index), availabilityZone, mapPublicIpOnLaunch: false, tags },
    { deleteBeforeReplace: true },
  );
  const routeTable = new aws.ec2.RouteTable(named, { vpcId, tags });
  const association = new aws.ec2.RouteTableAssociation(named, {
    subnetId: subnet.id,
    routeTableId: routeTable.id,
  });
  const route = new aws.ec2.Route(`${named}-out`, {
    routeTableId: routeTable.id,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId,
  });
  const acl = createAcl(name, subnet.id);
  const { securityGroupId, rules } = createSecurityGroup(name);
  return { subnetId: subnet.id, securityGroupId, ready: [association, route, ...acl, ...rules] };
}

function createAcl(name: string, subnetId: Output<string>): Resource[] {
  const { vpcId, appCidrBlock, bastionCidrBlock } = surroundings;
  const acl = new aws.ec2.NetworkAcl(name, { vpcId, subnetIds: [subnetId], tags: { Name: name } });
  const rule = (egress: boolean, ruleNumber: number, ...[flow, cidrBlock, fromPort, toPort]: Entry): Resource =>
    new aws.ec2.NetworkAclRule(
      `${name}-${egress ? "egress" : "ingress"}-${flow}-0`,
      {
        networkAclId: acl.id,
        egress,
        ruleNumber,
        protocol: "tcp",
        ruleAction: "allow",
        cidrBlock,
        fromPort,
        toPort,
      },
      { deleteBeforeReplace: true },
    );
  return [
    acl,
    rule(false, 100, "apps-to-redis", appCidrBlock, 6379, 6379),
    rule(false, 110, "bastions-to-ssh", bastionCidrBlock, 22, 22),
    rule(false, 120, "node-to-https", "0.0.0.0/0", 32768, 60999),
    rule(true, 100, "node-to-https", "0.0.0.0/0", 443, 443),
    rule(true, 110, "apps-to-redis", appCidrBlock, 1024, 65535),
    rule(true, 120, "bastions-to-ssh", bastionCidrBlock, 1024, 65535),
  ];
}

type Entry = [flow: string, cidrBlock: string, fromPort: number, toPort: number];

function createSecurityGroup(name: string): { securityGroupId: Output<string>; rules: Resource[] } {
  const { vpcId, appCidrBlock, bastionCidrBlock } = surroundings;
  const group = new aws.ec2.SecurityGroup(name, {
    vpcId,
    description: `Nodes of ${name}`,
    tags: { Name: name },
  });
  const rule = (flow: string, port: number, cidrIpv4: string): [string, aws.vpc.SecurityGroupIngressRuleArgs] => [
    `${name}-${flow}-${cidrIpv4.replace("/", "-")}`,
    {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4,
      description: flow,
      tags: { Name: `${name}-${flow}` },
    },
  ];
  return {
    securityGroupId: group.id,
    rules: [
      new aws.vpc.SecurityGroupIngressRule(...rule("apps-to-redis", 6379, appCidrBlock)),
      new aws.vpc.SecurityGroupIngressRule(...rule("bastions-to-ssh", 22, bastionCidrBlock)),
      new aws.vpc.SecurityGroupEgressRule(...rule("node-to-https", 443, "0.0.0.0/0")),
    ],
  };
}
