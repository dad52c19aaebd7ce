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

/** An entry of a cache's network ACL. */
function entry(cache: string, egress: boolean, ruleNumber: number, cidrBlock: string, ports: string): object {
  const [fromPort, toPort] = ports.split("-").map(Number);
  return {
    [`NetworkAclRule ${cache}-${egress ? "egress" : "ingress"}-${ruleNumber}`]: {
      networkAclId: `<NetworkAcl ${cache} id>`,
      egress,
      ruleNumber,
      cidrBlock,
      fromPort,
      toPort,
      protocol: "tcp",
      ruleAction: "allow",
      options,
    },
  };
}

const acl = {
  "NetworkAcl sessions": { vpcId, subnetIds: ["<Subnet sessions-0 id>"], tags: tagged("sessions") },
  ...entry("sessions", false, 100, "10.0.16.0/20", "6379-6379"),
  ...entry("sessions", false, 110, "10.0.0.0/28", "22-22"),
  ...entry("sessions", false, 120, "0.0.0.0/0", "32768-60999"),
  ...entry("sessions", true, 100, "0.0.0.0/0", "443-443"),
  ...entry("sessions", true, 110, "10.0.16.0/20", "1024-65535"),
  ...entry("sessions", true, 120, "10.0.0.0/28", "1024-65535"),
};

const ledgerAcl = {
  "NetworkAcl ledger": {
    vpcId: "vpc-0a0a0a0a",
    subnetIds: ["<Subnet ledger-0 id>", "<Subnet ledger-1 id>"],
    tags: { Name: "ledger" },
  },
  ...entry("ledger", false, 100, "10.0.16.0/20", "6379-6379"),
  ...entry("ledger", false, 110, "10.0.32.0/20", "6379-6379"),
  ...entry("ledger", false, 120, "10.0.0.0/28", "22-22"),
  ...entry("ledger", false, 130, "10.0.48.0/20", "32768-60999"),
  ...entry("ledger", true, 100, "10.0.48.0/20", "443-443"),
  ...entry("ledger", true, 110, "10.0.16.0/20", "1024-65535"),
  ...entry("ledger", true, 120, "10.0.32.0/20", "1024-65535"),
  ...entry("ledger", true, 130, "10.0.0.0/28", "1024-65535"),
};

const flows = {
  "apps-to-redis": { port: 6379, description: "Application hosts reach Redis through the tunnel" },
  "bastions-to-ssh": { port: 22, description: "Operators sign in from the bastion hosts" },
  "node-to-https": { port: 443, description: "The node fetches its secret and Debian packages" },
};

const tagsIn = { sessions: tagged, ledger: (name: string): object => ({ Name: name }) };

/** A rule of a cache's security group for one other side. */
function rule(cache: keyof typeof tagsIn, flow: keyof typeof flows, otherSide: object): object {
  const { port, description } = flows[flow];
  return {
    securityGroupId: `<SecurityGroup ${cache} id>`,
    ipProtocol: "tcp",
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
