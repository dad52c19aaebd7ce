import assert from "node:assert/strict";
import { planCache } from "../../../src/plan/cachePlan.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { judgedBy } from "../../../src/plan/flow.js";
import { tunnelLimits } from "../../../src/plan/limits.js";
import { samplePlan, sampleArguments } from "../../support/sample.js";

const judges = ["networkAcl", "securityGroup", "hostFirewall"];
const apps = {
  name: "apps-to-redis",
  direction: "ingress",
  judges,
  protocols: ["tcp"],
  service: "redis",
  port: 6379,
  peer: "Application hosts",
  cidrBlocks: ["10.0.16.0/20"],
  securityGroups: [],
  limits: tunnelLimits,
  reason: "Application hosts reach Redis through the tunnel",
};
const bastions = {
  name: "bastions-to-ssh",
  direction: "ingress",
  judges,
  protocols: ["tcp"],
  service: "ssh",
  port: 22,
  peer: "Bastion hosts",
  cidrBlocks: ["10.0.0.0/28"],
  securityGroups: [],
  reason: "Operators sign in from the bastion hosts",
};
const https = {
  name: "node-to-https",
  direction: "egress",
  judges,
  protocols: ["tcp"],
  service: "https",
  port: 443,
  peer: "Secrets Manager, Debian mirrors",
  cidrBlocks: ["0.0.0.0/0"],
  securityGroups: [],
  reason: "The node fetches its secret and Debian packages",
};

/** What is asked of Amazon itself, where nobody else is: the host's own firewall alone judges it. */
const amazon = { direction: "egress", judges: ["hostFirewall"], securityGroups: [] };
const metadata = {
  ...amazon,
  name: "node-to-metadata",
  protocols: ["tcp"],
  service: "http",
  port: 80,
  peer: "instance metadata",
  cidrBlocks: ["169.254.169.254/32"],
  reason: "Root on the node gets the credentials of its role",
};
const dns = {
  ...amazon,
  name: "node-to-dns",
  protocols: ["tcp", "udp"],
  service: "domain",
  port: 53,
  peer: "Amazon's resolver",
  cidrBlocks: ["169.254.169.253/32", "10.0.0.2/32"],
  reason: "The node finds Secrets Manager and Debian's mirrors by name",
};
const time = {
  ...amazon,
  name: "node-to-time",
  protocols: ["udp"],
  service: "ntp",
  port: 123,
  peer: "Amazon Time Sync",
  cidrBlocks: ["169.254.169.123/32"],
  reason: "The node's clock judges certificates",
};
const dhcp = {
  ...amazon,
  name: "node-to-dhcp",
  protocols: ["udp"],
  service: "bootps",
  port: 67,
  ownPort: 68,
  peer: "the subnet's router",
  cidrBlocks: ["10.0.0.97/32"],
  reason: "The node keeps its address",
};
const flows = [apps, bastions, metadata, dns, time, dhcp, https];

const subnet = {
  name: "sessions-0",
  availabilityZone: "us-east-1a",
  cidrBlock: "10.0.0.96/28",
  natGatewayId: "nat-1",
};
const server = {
  name: "sessions-0-server",
  dnsName: "sessions-0.node.sessions.hipaa-redis.internal",
  ipAddresses: ["10.0.0.100"],
  usages: ["server_auth"],
};
const client = (name: string): object => ({
  client: name,
  certificate: {
    name: `sessions-client-${name}`,
    dnsName: `${name}.client.sessions.hipaa-redis.internal`,
    ipAddresses: [],
    usages: ["client_auth"],
  },
});

/** As AWS takes an entry: number, direction, network, ports. It is named after its flow. */
const entry = (ruleNumber: number, name: string, cidrBlock: string, fromPort: number, toPort: number) => ({
  name,
  ruleNumber,
  egress: name.startsWith("egress-"),
  cidrBlock,
  protocol: "tcp",
  fromPort,
  toPort,
});

/** As AWS takes a rule: a protocol and a port. */
const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });

describe("the plan of a cache", () => {
  it("is this for the sample, to the last value", () => {
    const generations = { current: 1, accepted: [1, 2] };
    assert.deepEqual(samplePlan(), {
      name: "sessions",
      vpcId: "vpc-0123456789abcdef0",
      vpcCidrBlock: "10.0.0.0/16",
      vpcSecondaryCidrBlocks: [],
      subnets: [subnet],
      nodes: [
        {
          name: "sessions-0",
          subnet,
          privateIp: "10.0.0.100",
          port: 6379,
          certificate: server,
          flows,
        },
      ],
      clients: [client("web")],
      operators: sampleArguments.operators,
      operatorIdleLogoffMinutes: 15,
      securityUpdateWindow: "08:00",
      secretAdministratorArns: [],
      flows,
      timeServers: ["169.254.169.123"],
      networkAclEntries: [
        entry(100, "ingress-apps-to-redis-0", "10.0.16.0/20", 6379, 6379),
        entry(200, "ingress-bastions-to-ssh-0", "10.0.0.0/28", 22, 22),
        entry(600, "ingress-node-to-https-0", "0.0.0.0/0", 32_768, 60_999),
        entry(600, "egress-node-to-https-0", "0.0.0.0/0", 443, 443),
        entry(100, "egress-apps-to-redis-0", "10.0.16.0/20", 1024, 65_535),
        entry(200, "egress-bastions-to-ssh-0", "10.0.0.0/28", 1024, 65_535),
      ],
      securityGroupRules: [
        { name: "apps-to-redis-10.0.16.0-20", flow: apps, ...tcp(6379), peer: { cidrBlock: "10.0.16.0/20" } },
        { name: "bastions-to-ssh-10.0.0.0-28", flow: bastions, ...tcp(22), peer: { cidrBlock: "10.0.0.0/28" } },
        { name: "node-to-https-0.0.0.0-0", flow: https, ...tcp(443), peer: { cidrBlock: "0.0.0.0/0" } },
      ],
      clientSecurityGroups: false,
      lockedCommands: lockedCommands({ allowScripting: false }),
      rotation: { authority: generations, keys: "1.1", passwords: generations },
      validity: {
        validityHours: 2160,
        earlyRenewalHours: 1440,
        authorityValidityHours: 8760,
        authorityEarlyRenewalHours: 2160,
      },
      refreshIntervalSeconds: 300,
      tunnel: "haproxy",
      tenancy: "dedicated",
      instanceType: "m6i.large",
      operatingSystem: "debian-13",
      requireHybridKeyExchange: false,
      engine: "redis",
      image: {
        name: "sessions-image-debian-13-x86_64-1",
        architecture: "x86_64",
        generation: 1,
        namePattern: "debian-13-amd64-*",
      },
      imageHasPackages: false,
      evictionPolicy: "allkeys-lru",
      keyspaceEvents: "",
      maxMemoryPercent: 50,
      maxValueBytes: 33_554_432,
    });
  });

  it("takes every argument that is given", () => {
    const given = {
      clientSecurityGroups: true,
      operatorIdleLogoffMinutes: 5,
      securityUpdateWindow: "Sun 03:30",
      refreshIntervalSeconds: 60,
      tunnel: "stunnel",
      operatingSystem: "debian-13",
      requireHybridKeyExchange: true,
      engine: "valkey",
      timeServers: ["10.0.64.10"],
      vpcSecondaryCidrBlocks: ["100.64.0.0/16"],
      instanceType: "r6i.xlarge",
      imageHasPackages: true,
      evictionPolicy: "volatile-ttl",
      keyspaceEvents: "xE",
      maxMemoryPercent: 40,
      maxValueBytes: 1_048_576,
      tags: { Owner: "clinic" },
    } as const;
    const {
      rotation,
      validity,
      lockedCommands: locked,
      tenancy,
      ...plan
    } = samplePlan({
      ...given,
      imageId: "ami-1",
      rotation: { authority: 3, retiredAuthority: 2, keys: 4, passwords: 2 },
      certificates: { validityHours: 240, earlyRenewalHours: 24, authorityValidityHours: 480 },
      allowSharedTenancy: true,
      allowScripting: true,
    });
    assert.deepEqual(plan, { ...plan, ...given, image: { id: "ami-1" } });
    assert.deepEqual(rotation.authority, { current: 3, accepted: [3, 4] });
    assert.equal(rotation.keys, "3.4");
    assert.deepEqual(rotation.passwords, { current: 2, accepted: [1, 2, 3] });
    assert.deepEqual(Object.values(validity), [240, 24, 480, 240]);
    assert.deepEqual(locked, lockedCommands({ allowScripting: true, version: "Valkey 8.1" }));
    assert.equal(tenancy, "default");
  });

  it("has an image of Debian's for the processor and the generation", () => {
    assert.deepEqual(samplePlan({ instanceType: "m7g.large", imageGeneration: 3 }).image, {
      name: "sessions-image-debian-13-arm64-3",
      architecture: "arm64",
      generation: 3,
      namePattern: "debian-13-arm64-*",
    });
  });

  it("has one for each release of Debian's", () => {
    assert.deepEqual(samplePlan({ operatingSystem: "debian-12" }).image, {
      name: "sessions-image-debian-12-x86_64-1",
      architecture: "x86_64",
      generation: 1,
      namePattern: "debian-12-amd64-*",
    });
  });

  it("shares hardware only where that is allowed in so many words", () => {
    assert.equal(samplePlan({ allowSharedTenancy: false }).tenancy, "dedicated");
  });

  it("has all subnets and clients, and one node in the first subnet", () => {
    const second = { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28" };
    const plan = samplePlan({ subnets: [...sampleArguments.subnets, second], clients: ["web", "jobs"] });
    assert.deepEqual(plan.subnets, [subnet, { name: "sessions-1", ...second }]);
    assert.deepEqual(
      plan.nodes.map(({ name, privateIp }) => [name, privateIp]),
      [["sessions-0", "10.0.0.100"]],
    );
    assert.deepEqual(plan.clients, [client("web"), client("jobs")]);
    // The router of the subnet that the node is in.
    assert.deepEqual(plan.flows.find(({ name }) => name === "node-to-dhcp")?.cidrBlocks, ["10.0.0.97/32"]);
  });

  it("has security groups for apps and bastions, and a rule for each instead of networks", () => {
    const plan = samplePlan({
      appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" },
      bastionSecurityGroupIds: { bastions: "sg-3" },
      httpsEgressCidrBlocks: ["10.9.0.0/16", "10.10.0.0/16"],
    });
    const [app, bastion, egress, ...more] = judgedBy("securityGroup", plan.flows);
    assert.deepEqual(more, []);
    assert.deepEqual(app, {
      ...apps,
      securityGroups: [
        { name: "web", id: "sg-1" },
        { name: "jobs", id: "sg-2" },
      ],
    });
    assert.deepEqual(bastion, { ...bastions, securityGroups: [{ name: "bastions", id: "sg-3" }] });
    assert.deepEqual(egress, { ...https, cidrBlocks: ["10.9.0.0/16", "10.10.0.0/16"] });
    assert.deepEqual(plan.securityGroupRules, [
      { name: "apps-to-redis-web", flow: app, ...tcp(6379), peer: { securityGroupId: "sg-1" } },
      { name: "apps-to-redis-jobs", flow: app, ...tcp(6379), peer: { securityGroupId: "sg-2" } },
      { name: "bastions-to-ssh-bastions", flow: bastion, ...tcp(22), peer: { securityGroupId: "sg-3" } },
      { name: "node-to-https-10.9.0.0-16", flow: egress, ...tcp(443), peer: { cidrBlock: "10.9.0.0/16" } },
      { name: "node-to-https-10.10.0.0-16", flow: egress, ...tcp(443), peer: { cidrBlock: "10.10.0.0/16" } },
    ]);
  });

  it("has the administrators of secrets as they are given, those that are known later among them", () => {
    const secretAdministratorArns = ["arn:aws:iam::123456789012:role/deployer", { later: true }];
    const plan = planCache("sessions", { ...sampleArguments, secretAdministratorArns });
    assert.deepEqual(plan.secretAdministratorArns, secretAdministratorArns);
  });

  it("lets nobody sign in without operators, whatever bastions there are", () => {
    const plan = samplePlan({ operators: [] });
    assert.deepEqual(plan.flows, [apps, metadata, dns, time, dhcp, https]);
    assert.deepEqual(
      plan.networkAclEntries.filter(({ cidrBlock }) => cidrBlock === "10.0.0.0/28"),
      [],
    );
  });
});
