import assert from "node:assert/strict";
import type { Registered } from "./mocks.js";
import { tagged, theOtherProgram, theQuickstart } from "./programs.js";
import { specification } from "./specification.js";

const vpcId = "<Vpc clinic id>";
const options = { deleteBeforeReplace: true };
const everywhere = { destinationCidrBlock: "0.0.0.0/0" };

const subnets = {
  "Subnet sessions-0": {
    vpcId,
    availabilityZone: "us-east-1a",
    cidrBlock: "10.0.0.96/28",
    mapPublicIpOnLaunch: false,
    tags: tagged("sessions-0"),
    options,
  },
  "RouteTable sessions-0": { vpcId, tags: tagged("sessions-0") },
  "RouteTableAssociation sessions-0": {
    subnetId: "<Subnet sessions-0 id>",
    routeTableId: "<RouteTable sessions-0 id>",
  },
  "Route sessions-0-out": {
    ...everywhere,
    routeTableId: "<RouteTable sessions-0 id>",
    natGatewayId: "<NatGateway clinic-0 id>",
  },
};

/** An entry of a cache's network ACL, by its flow. Of ICMP the ports are type and code. */
function entry(
  cache: string,
  name: string,
  ruleNumber: number,
  cidrBlock: string,
  ports: string,
  protocol = "tcp",
): object {
  const [from, to] = ports.split("-").map(Number);
  return {
    [`NetworkAclRule ${cache}-${name}`]: {
      networkAclId: `<NetworkAcl ${cache} id>`,
      egress: name.startsWith("egress-"),
      ruleNumber,
      cidrBlock,
      ...(protocol === "icmp" ? { icmpType: from, icmpCode: to } : { fromPort: from, toPort: to }),
      protocol,
      ruleAction: "allow",
      options,
    },
  };
}

const acl = {
  "NetworkAcl sessions": { vpcId, subnetIds: ["<Subnet sessions-0 id>"], tags: tagged("sessions") },
  ...entry("sessions", "ingress-apps-to-redis-0", 100, "10.0.16.0/20", "6379-6379"),
  ...entry("sessions", "ingress-bastions-to-ssh-0", 200, "10.0.0.0/28", "22-22"),
  ...entry("sessions", "ingress-node-to-https-0", 600, "0.0.0.0/0", "32768-60999"),
  ...entry("sessions", "egress-apps-to-redis-0", 100, "10.0.16.0/20", "1024-65535"),
  ...entry("sessions", "egress-bastions-to-ssh-0", 200, "10.0.0.0/28", "1024-65535"),
  ...entry("sessions", "egress-node-to-https-0", 600, "0.0.0.0/0", "443-443"),
};

const ledgerAcl = {
  "NetworkAcl ledger": {
    vpcId: "vpc-0a0a0a0a",
    subnetIds: ["<Subnet ledger-0 id>", "<Subnet ledger-1 id>"],
    tags: { Name: "ledger" },
  },
  ...entry("ledger", "ingress-apps-to-redis-0", 100, "10.0.16.0/20", "6379-6379"),
  ...entry("ledger", "ingress-apps-to-redis-1", 101, "10.0.32.0/20", "6379-6379"),
  ...entry("ledger", "ingress-bastions-to-ssh-0", 200, "10.0.0.0/28", "22-22"),
  ...entry("ledger", "ingress-routers-to-node-0", 300, "0.0.0.0/0", "3-4", "icmp"),
  ...entry("ledger", "ingress-node-to-own-dns-tcp-0", 400, "172.16.0.10/32", "32768-60999"),
  ...entry("ledger", "ingress-node-to-own-dns-udp-0", 450, "172.16.0.10/32", "32768-60999", "udp"),
  ...entry("ledger", "ingress-node-to-own-time-0", 550, "10.1.0.10/32", "32768-60999", "udp"),
  ...entry("ledger", "ingress-node-to-https-0", 600, "10.0.48.0/20", "32768-60999"),
  ...entry("ledger", "egress-apps-to-redis-0", 100, "10.0.16.0/20", "1024-65535"),
  ...entry("ledger", "egress-apps-to-redis-1", 101, "10.0.32.0/20", "1024-65535"),
  ...entry("ledger", "egress-bastions-to-ssh-0", 200, "10.0.0.0/28", "1024-65535"),
  ...entry("ledger", "egress-routers-to-node-0", 300, "0.0.0.0/0", "3-4", "icmp"),
  ...entry("ledger", "egress-node-to-own-dns-tcp-0", 400, "172.16.0.10/32", "53-53"),
  ...entry("ledger", "egress-node-to-own-dns-udp-0", 450, "172.16.0.10/32", "53-53", "udp"),
  ...entry("ledger", "egress-node-to-own-time-0", 550, "10.1.0.10/32", "123-123", "udp"),
  ...entry("ledger", "egress-node-to-https-0", 600, "10.0.48.0/20", "443-443"),
};

const flows = {
  "apps-to-redis": { port: 6379, description: "Application hosts reach Redis through the tunnel" },
  "bastions-to-ssh": { port: 22, description: "Operators sign in from the bastion hosts" },
  "node-to-https": { port: 443, description: "The node fetches its secret and Debian packages" },
  "node-to-own-dns": { port: 53, description: "The node finds Secrets Manager and Debian's mirrors by name" },
  "node-to-own-time": { port: 123, description: "The node's clock judges certificates" },
};

const tagsIn = { sessions: tagged, ledger: (name: string): object => ({ Name: name }) };

/** A rule of a cache's security group for one other side. */
function rule(
  cache: keyof typeof tagsIn,
  flow: keyof typeof flows,
  otherSide: object,
  ipProtocol: "tcp" | "udp" = "tcp",
): object {
  const { port, description } = flows[flow];
  return {
    securityGroupId: `<SecurityGroup ${cache} id>`,
    ipProtocol,
    fromPort: port,
    toPort: port,
    description,
    tags: tagsIn[cache](`${cache}-${flow}`),
    ...otherSide,
  };
}

const securityGroup = {
  "SecurityGroup sessions": {
    vpcId,
    description: "Nodes of the HIPAA Redis cache sessions",
    tags: tagged("sessions"),
  },
  "SecurityGroupIngressRule sessions-apps-to-redis-10.0.16.0-20": {
    ...rule("sessions", "apps-to-redis", { cidrIpv4: "10.0.16.0/20" }),
  },
  "SecurityGroupIngressRule sessions-bastions-to-ssh-10.0.0.0-28": {
    ...rule("sessions", "bastions-to-ssh", { cidrIpv4: "10.0.0.0/28" }),
  },
  "SecurityGroupEgressRule sessions-node-to-https-0.0.0.0-0": {
    ...rule("sessions", "node-to-https", { cidrIpv4: "0.0.0.0/0" }),
  },
};

const securityGroupOfGroups = {
  "SecurityGroup ledger": {
    vpcId: "vpc-0a0a0a0a",
    description: "Nodes of the HIPAA Redis cache ledger",
    tags: { Name: "ledger" },
  },
  "SecurityGroupIngressRule ledger-apps-to-redis-web": {
    ...rule("ledger", "apps-to-redis", { referencedSecurityGroupId: "sg-0a0a0a0a" }),
  },
  "SecurityGroupIngressRule ledger-apps-to-redis-jobs": {
    ...rule("ledger", "apps-to-redis", { referencedSecurityGroupId: "sg-0b0b0b0b" }),
  },
  "SecurityGroupIngressRule ledger-bastions-to-ssh-bastions": {
    ...rule("ledger", "bastions-to-ssh", { referencedSecurityGroupId: "sg-0c0c0c0c" }),
  },
  "SecurityGroupIngressRule ledger-routers-to-node-0.0.0.0-0": {
    securityGroupId: "<SecurityGroup ledger id>",
    ipProtocol: "icmp",
    fromPort: 3,
    toPort: 4,
    description: "Routers on the way to networks outside of the VPC say how large a packet may be",
    tags: { Name: "ledger-routers-to-node" },
    cidrIpv4: "0.0.0.0/0",
  },
  "SecurityGroupEgressRule ledger-node-to-own-dns-tcp-172.16.0.10-32": {
    ...rule("ledger", "node-to-own-dns", { cidrIpv4: "172.16.0.10/32" }),
  },
  "SecurityGroupEgressRule ledger-node-to-own-dns-udp-172.16.0.10-32": {
    ...rule("ledger", "node-to-own-dns", { cidrIpv4: "172.16.0.10/32" }, "udp"),
  },
  "SecurityGroupEgressRule ledger-node-to-own-time-10.1.0.10-32": {
    ...rule("ledger", "node-to-own-time", { cidrIpv4: "10.1.0.10/32" }, "udp"),
  },
  "SecurityGroupEgressRule ledger-node-to-https-10.0.48.0-20": {
    ...rule("ledger", "node-to-https", { cidrIpv4: "10.0.48.0/20" }),
  },
};

describe("the network of a cache, against mocks", () => {
  let quickstart: readonly Registered[];
  let others: readonly Registered[];
  before(async () => {
    quickstart = (await theQuickstart()).resources;
    others = (await theOtherProgram()).resources;
  });

  const ofCache = (all: readonly Registered[], types: RegExp): object =>
    specification(all, ({ parentType, type }) => parentType.endsWith(":HipaaRedisCache") && types.test(type));

  it("is a private subnet with a table of routes of its own", () => {
    assert.deepEqual(ofCache(quickstart, /:(Subnet|RouteTable|RouteTableAssociation|Route)$/), subnets);
  });

  it("has no way out where there is no NAT gateway", () => {
    assert.deepEqual(ofCache(others, /:Route$/), {
      "Route ledger-1-out": {
        ...everywhere,
        routeTableId: "<RouteTable ledger-1 id>",
        natGatewayId: "nat-0a0a0a0a",
      },
    });
  });

  it("has a network ACL that lets each flow and its answers pass, and nothing else", () => {
    assert.deepEqual(ofCache(quickstart, /:NetworkAcl(Rule)?$/), acl);
    assert.deepEqual(ofCache(others, /:NetworkAcl(Rule)?$/), ledgerAcl);
  });

  it("has a security group that lets each flow's networks pass, or its groups where they are named", () => {
    assert.deepEqual(ofCache(quickstart, /:SecurityGroup/), securityGroup);
    assert.deepEqual(ofCache(others, /:SecurityGroup/), securityGroupOfGroups);
  });
});
