import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { resource } from "../stack.js";
import {
  ingress,
  everyPort,
  vpc,
  flowLog,
  flowLogOfRefusals,
  closed,
  clinicVpcId,
  one,
  ofPort,
  type Mutation,
} from "./forms.js";

/** Rules in a group, one for each network. */
function inGroup(...cidrBlocks: readonly string[]): object[] {
  const { fromPort, toPort } = ingress;
  return cidrBlocks.map((one) => ({ protocol: "tcp", fromPort, toPort, cidrBlocks: [one] }));
}

function listing(...cidrs: readonly string[]): { entries: object[] } {
  return { entries: cidrs.map((cidr) => ({ cidr })) };
}

/** Networks that are less sound. */
export const networkMutations: readonly Mutation[] = [
  ...ofPort("security-group-restricted-ssh", 22),
  ...[20, 21, 3306, 3309, 3389, 4333].flatMap((port) => ofPort("security-group-restricted-common-ports", port)),
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
    "security-group-open-in-parts",
    aws.securityGroup,
    { ingress: inGroup("44.0.0.0/8", "45.0.0.0/8") },
    { ingress: inGroup("10.0.0.0/9", "10.128.0.0/9") },
  ),
  one("prefix-list-not-internet", aws.managedPrefixList, listing("0.0.0.0/1"), listing("10.0.0.0/8")),
  {
    rule: "prefix-list-not-internet",
    bad: [
      resource(aws.managedPrefixListEntry, { prefixListId: "list-id", cidr: "44.0.0.0/8" }),
      resource(aws.managedPrefixList, { id: "list-id", ...listing("45.0.0.0/8") }, { name: "list" }),
    ],
    good: [
      resource(aws.managedPrefixListEntry, { prefixListId: "another-id", cidr: "44.0.0.0/8" }),
      resource(aws.managedPrefixList, { id: "list-id", ...listing("45.0.0.0/8") }, { name: "list" }),
    ],
  },
  one(
    "security-group-authorized-ports-only",
    aws.securityGroupRule,
    {
      type: "ingress",
      protocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
      securityGroupId: "other-id",
      cidrBlocks: ["44.0.0.0/8", "45.0.0.0/8"],
    },
    {
      type: "ingress",
      protocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
      securityGroupId: "other-id",
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
    "no-unrestricted-route-to-internet-gateway",
    aws.routeTable,
    { routes: ["44.0.0.0/8", "45.0.0.0/8"].map((cidrBlock) => ({ cidrBlock, gatewayId: "igw-1" })) },
    {
      routes: [
        { cidrBlock: "44.0.0.0/8", gatewayId: "igw-1" },
        { cidrBlock: "45.0.0.0/8", gatewayId: "vgw-1" },
      ],
    },
  ),
  one("internet-gateway-authorized-vpc-only", aws.internetGateway, { vpcId: clinicVpcId }, { vpcId: "other-vpc" }),
  one(
    "internet-gateway-authorized-vpc-only",
    aws.internetGatewayAttachment,
    { vpcId: clinicVpcId },
    { vpcId: "other-vpc" },
  ),
];
