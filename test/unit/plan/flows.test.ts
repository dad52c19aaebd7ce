import assert from "node:assert/strict";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { nodeFirewall } from "../../../src/host/nftables.js";
import { isJudgedByHostAlone, type Flow } from "../../../src/plan/flow.js";
import { samplePlan } from "../../support/sample.js";

const flowsWith = (change: Partial<CacheArguments>): readonly Flow[] => samplePlan(change).flows;
const named = (name: string, change: Partial<CacheArguments>): Flow | undefined =>
  flowsWith(change).find((flow) => flow.name === name);

/** What a node's firewall lets out to a port, or in from anywhere. */
const rules = (part: string, change: Partial<CacheArguments>): string[] =>
  nodeFirewall({ flows: samplePlan(change).nodes[0]?.flows ?? [], redisAccount: "redis", tunnelAccount: "redis" })
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes(part));

describe("the VPC's own resolvers", () => {
  const own = { dnsServers: ["10.0.64.10", "10.0.80.10"] };

  it("are asked instead of Amazon's, and every firewall lets them through", () => {
    assert.equal(named("node-to-dns", own), undefined);
    assert.deepEqual(named("node-to-own-dns", own), {
      name: "node-to-own-dns",
      direction: "egress",
      judges: ["networkAcl", "securityGroup", "hostFirewall"],
      protocols: ["tcp", "udp"],
      service: "domain",
      port: 53,
      peer: "Resolvers",
      cidrBlocks: ["10.0.64.10/32", "10.0.80.10/32"],
      securityGroups: [],
      reason: "The node finds Secrets Manager and Debian's mirrors by name",
    });
    assert.equal(named("node-to-own-dns", {}), undefined);
  });

  it("are in the network ACL, with their answers, in the security group, and in the node's firewall", () => {
    const plan = samplePlan({ dnsServers: ["10.0.64.10"] });
    assert.deepEqual(
      plan.networkAclEntries
        .filter(({ cidrBlock }) => cidrBlock === "10.0.64.10/32")
        .map(({ egress, protocol, fromPort, toPort }) => [egress, protocol, fromPort, toPort]),
      [
        [false, "tcp", 32_768, 60_999],
        [false, "udp", 32_768, 60_999],
        [true, "tcp", 53, 53],
        [true, "udp", 53, 53],
      ],
    );
    assert.deepEqual(
      plan.securityGroupRules
        .filter(({ flow }) => flow.name === "node-to-own-dns")
        .map(({ name, protocol, fromPort, toPort, peer }) => [name, protocol, fromPort, toPort, peer]),
      ["tcp", "udp"].map((protocol) => [
        `node-to-own-dns-${protocol}-10.0.64.10-32`,
        protocol,
        53,
        53,
        { cidrBlock: "10.0.64.10/32" },
      ]),
    );
    const domain = "meta l4proto { tcp, udp } th dport 53 accept";
    assert.deepEqual(rules("dport 53", own), [`ip daddr { 10.0.64.10, 10.0.80.10 } ${domain}`]);
    assert.deepEqual(rules("dport 53", {}), [`ip daddr { 169.254.169.253, 10.0.0.2 } ${domain}`]);
  });

  it("may be asked beside Amazon's, which AWS's firewalls don't judge", () => {
    const both = { dnsServers: ["10.0.64.10", "10.0.0.2"] };
    assert.deepEqual(named("node-to-dns", both)?.cidrBlocks, ["10.0.0.2/32"]);
    assert.ok(isJudgedByHostAlone(named("node-to-dns", both) ?? assert.fail()));
    assert.deepEqual(named("node-to-own-dns", both)?.cidrBlocks, ["10.0.64.10/32"]);
  });
});

describe("time servers", () => {
  it("of one's own are asked instead of Amazon's, and every firewall lets them through", () => {
    const own = { timeServers: ["10.0.64.10"] };
    assert.equal(named("node-to-time", own), undefined);
    const flow = named("node-to-own-time", own);
    assert.deepEqual(
      [flow?.judges.length, flow?.protocols, flow?.cidrBlocks, flow?.peer],
      [3, ["udp"], ["10.0.64.10/32"], "Time servers"],
    );
    assert.deepEqual(rules("dport 123", own), ["ip daddr 10.0.64.10 udp dport 123 accept"]);
    assert.deepEqual(rules("dport 123", {}), ["ip daddr 169.254.169.123 udp dport 123 accept"]);
    assert.deepEqual(samplePlan(own).timeServers, ["10.0.64.10"]);
  });

  it("may be Amazon's and one's own", () => {
    const both = { timeServers: ["169.254.169.123", "10.0.64.10"] };
    assert.deepEqual(named("node-to-time", both)?.cidrBlocks, ["169.254.169.123/32"]);
    assert.deepEqual(named("node-to-own-time", both)?.cidrBlocks, ["10.0.64.10/32"]);
  });
});

describe("path MTU discovery", () => {
  const outside: readonly [string, Partial<CacheArguments>][] = [
    ["an application", { appCidrBlocks: ["10.0.16.0/20", "172.16.0.0/20"] }],
    ["a bastion host", { bastionCidrBlocks: ["172.16.0.0/28"] }],
    ["a resolver", { dnsServers: ["172.16.0.10"] }],
    ["whoever is in a network that only in part is in the VPC,", { appCidrBlocks: ["10.8.0.0/13"] }],
  ];
  const inside: readonly [string, Partial<CacheArguments>][] = [
    ["everybody", {}],
    [
      "everybody, with a secondary network,",
      { appCidrBlocks: ["172.16.0.0/20"], vpcSecondaryCidrBlocks: ["172.16.0.0/16"] },
    ],
    ["a resolver of the VPC", { dnsServers: ["10.0.64.10"] }],
    ["Amazon's own resolver", { dnsServers: ["169.254.169.253"] }],
    ["a bastion host that nobody signs in from", { bastionCidrBlocks: ["172.16.0.0/28"], operators: [] }],
  ];

  for (const [who, change] of outside) {
    it(`is let through where ${who} is outside of the VPC`, () => {
      const plan = samplePlan(change);
      const flow = plan.flows.find(({ name }) => name === "routers-to-node");
      assert.deepEqual(flow, {
        name: "routers-to-node",
        direction: "ingress",
        judges: ["networkAcl", "securityGroup"],
        protocols: ["icmp"],
        icmp: { type: 3, code: 4 },
        peer: "Routers on the way",
        cidrBlocks: ["0.0.0.0/0"],
        securityGroups: [],
        reason: "Routers on the way to networks outside of the VPC say how large a packet may be",
      });
      assert.deepEqual(
        plan.networkAclEntries
          .filter(({ protocol }) => protocol === "icmp")
          .map(({ egress, cidrBlock, fromPort, toPort }) => [egress, cidrBlock, fromPort, toPort]),
        [false, true].map((egress) => [egress, "0.0.0.0/0", 3, 4]),
      );
      assert.deepEqual(
        plan.securityGroupRules.filter(({ protocol }) => protocol === "icmp"),
        [
          {
            name: "routers-to-node-0.0.0.0-0",
            flow,
            protocol: "icmp",
            fromPort: 3,
            toPort: 4,
            peer: { cidrBlock: "0.0.0.0/0" },
          },
        ],
      );
    });
  }

  for (const [who, change] of inside) {
    it(`is not let through where ${who} is inside`, () => {
      const plan = samplePlan(change);
      assert.equal(
        plan.flows.find(({ name }) => name === "routers-to-node"),
        undefined,
      );
      assert.ok(plan.networkAclEntries.every(({ protocol }) => protocol !== "icmp"));
    });
  }

  it("needs no rule on the node, which lets in what belongs to a connection, and no other ICMP", () => {
    for (const change of [{}, outside[0]?.[1] ?? assert.fail()]) {
      assert.deepEqual(rules("related", change), Array(2).fill("ct state established,related accept"));
      assert.deepEqual(rules("icmp", change), []);
    }
  });
});

describe("a cache in a secondary network", () => {
  it("asks the router of its subnet for its address, and Amazon's resolver in the primary network", () => {
    const change = {
      vpcSecondaryCidrBlocks: ["100.64.0.0/16"],
      subnets: [{ availabilityZone: "us-east-1a", cidrBlock: "100.64.0.16/28", natGatewayId: "nat-1" }],
    };
    assert.deepEqual(named("node-to-dhcp", change)?.cidrBlocks, ["100.64.0.17/32"]);
    assert.deepEqual(named("node-to-dns", change)?.cidrBlocks, ["169.254.169.253/32", "10.0.0.2/32"]);
    assert.equal(samplePlan(change).nodes[0]?.privateIp, "100.64.0.20");
  });
});
