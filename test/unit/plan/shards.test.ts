import assert from "node:assert/strict";
import { numberedName } from "../../../src/arguments/names.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { hasPort, judgedBy, type PortFlow } from "../../../src/plan/flow.js";
import { networkAclRuleQuota } from "../../../src/plan/networkAcl.js";
import { nodeTunnel } from "../../../src/plan/nodeTunnel.js";
import { securityGroupRuleQuota } from "../../../src/plan/securityGroup.js";
import { tunnelServices } from "../../../src/plan/services.js";
import { replicated, samplePlan, sharded, threeZones } from "../../support/sample.js";

const networks = threeZones.map(({ cidrBlock }) => cidrBlock);
const plan = samplePlan(sharded());

/** As large as there can be. */
const largest = {
  ...sharded(100, 5),
  subnets: threeZones.map((subnet, index) => ({ ...subnet, cidrBlock: `10.0.${2 * index + 64}.0/23` })),
};

const amongNodes = ({ flows }: typeof plan): PortFlow<string>[] =>
  flows.filter(hasPort).filter(({ amongNodes: among }) => among);

describe("the plan of a cache with shards", () => {
  it("is that of one without where there is one, with replicas and without", () => {
    assert.deepEqual(samplePlan({ shards: 1 }), samplePlan());
    assert.deepEqual(samplePlan({ ...replicated(), shards: 1 }), samplePlan(replicated()));
    assert.equal(samplePlan(replicated()).cluster, undefined);
  });

  it("has a node for each of a shard's places, each with a certificate that calls and is called", () => {
    assert.deepEqual(
      plan.nodes.map(({ name, privateIp, subnet }) => [name, privateIp, subnet.name]),
      [
        ["sessions-0-0", "10.0.0.110", "sessions-0"],
        ["sessions-0-1", "10.0.0.126", "sessions-1"],
        ["sessions-1-0", "10.0.0.123", "sessions-1"],
        ["sessions-1-1", "10.0.0.139", "sessions-2"],
        ["sessions-2-0", "10.0.0.136", "sessions-2"],
        ["sessions-2-1", "10.0.0.104", "sessions-0"],
      ],
    );
    assert.deepEqual(plan.nodes[3]?.certificate, {
      name: "sessions-1-1-server",
      dnsName: "sessions-1-1.node.sessions.hipaa-redis.internal",
      ipAddresses: ["10.0.0.139"],
      usages: ["server_auth", "client_auth"],
    });
    for (const { certificate } of samplePlan(sharded(3, 0)).nodes) assert.equal(certificate.usages.length, 2);
  });

  it("has members that are its nodes, and no Sentinel", () => {
    assert.equal(plan.replication, undefined);
    const { cluster } = plan;
    assert.ok(cluster);
    assert.deepEqual([cluster.shards, cluster.replicas], [3, 1]);
    assert.deepEqual(
      cluster.members.map(({ name, privateIp, serverName }) => [name, privateIp, serverName]),
      plan.nodes.map(({ name, privateIp, certificate }) => [name, privateIp, certificate.dnsName]),
    );
    assert.equal(cluster.members[1]?.loopbackAddress, "127.82.0.2");
    const elsewhere = samplePlan({ ...sharded(), loopbackCidrBlock: "127.90.4.0/24" });
    assert.equal(elsewhere.cluster?.members[2]?.loopbackAddress, "127.90.4.7");
    assert.ok(!plan.flows.some(({ name }) => name.includes("sentinel")));
  });

  it("has Redis half of the memory without replicas, and as much as with replicas otherwise", () => {
    assert.equal(samplePlan(sharded(3, 0)).maxMemoryPercent, 50);
    assert.equal(plan.maxMemoryPercent, samplePlan(replicated()).maxMemoryPercent);
  });

  it("locks by ACL alone what nodes say to each other", () => {
    assert.deepEqual(plan.lockedCommands, lockedCommands({ allowScripting: false, hasShards: true }));
    assert.deepEqual(samplePlan(sharded(3, 0)).lockedCommands, plan.lockedCommands);
  });
});

describe("the flows among the nodes of shards", () => {
  it("are copies and moving slots on one port, and Redis Cluster's bus on another, both ways", () => {
    assert.deepEqual(
      amongNodes(plan).map(({ name, direction, port, cidrBlocks }) => [name, direction, port, cidrBlocks]),
      [
        ["nodes-to-replication", "ingress", 6380, networks],
        ["nodes-to-bus", "ingress", 16_379, networks],
        ["node-to-replication", "egress", 6380, networks],
        ["node-to-bus", "egress", 16_379, networks],
      ],
    );
    assert.deepEqual(amongNodes(samplePlan(sharded(3, 0))), amongNodes(plan));
  });

  it("are of every firewall: of the cache's own group, and of rules of the network ACL with numbers of their own", () => {
    assert.equal(judgedBy("networkAcl", amongNodes(plan)).length, 4);
    assert.deepEqual(
      plan.securityGroupRules.filter(({ flow }) => flow.amongNodes).map(({ name, peer }) => [name, peer]),
      ["nodes-to-replication", "nodes-to-bus", "node-to-replication", "node-to-bus"].map((name) => [
        `${name}-nodes`,
        { ownGroup: true },
      ]),
    );
    const bus = plan.networkAclEntries.filter(({ name }) => name.includes("-bus-"));
    assert.deepEqual(
      bus.map(({ name, ruleNumber, fromPort, toPort }) => [name, ruleNumber, fromPort, toPort]),
      [0, 1, 2]
        .map((index) => [`ingress-nodes-to-bus-${index}`, 1200 + index, 16_379, 16_379])
        .concat([0, 1, 2].map((index) => [`egress-node-to-bus-${index}`, 1300 + index, 16_379, 16_379])),
    );
  });

  it("are none where there is one shard, and of replicas no bus", () => {
    assert.deepEqual(amongNodes(samplePlan()), []);
    assert.ok(!amongNodes(samplePlan(replicated())).some(({ port }) => port === tunnelServices.bus.port));
  });

  it("are served by each node's tunnel, to nobody but nodes; its ways to the others are not in it", () => {
    const [, node] = plan.nodes;
    assert.ok(node);
    assert.deepEqual(nodeTunnel(node, plan.replication, plan.cluster), {
      services: [
        { name: "redis", listen: "10.0.0.126:6379", admitsField: "admitted" },
        { name: "replication", listen: "10.0.0.126:6380", admitsField: "admittedPeers" },
        { name: "bus", listen: "10.0.0.126:16379", admitsField: "admittedPeers", connect: "127.82.0.2:16379" },
      ],
      legs: [],
      hasFurtherWays: true,
    });
    assert.deepEqual(tunnelServices.bus, { name: "bus", port: 16_379, admits: ["peers"] });
  });
});

describe("a cache that gets more shards", () => {
  const more = samplePlan(sharded(4));

  it("keeps each of its nodes as it is, its firewall included", () => {
    assert.deepEqual(more.nodes.slice(0, plan.nodes.length), plan.nodes);
    assert.deepEqual(more.cluster?.members.slice(0, plan.nodes.length), plan.cluster?.members);
    assert.equal(more.nodes.length, 8);
  });

  it("keeps all rules of AWS's firewalls, also where a zone has its first node", () => {
    assert.deepEqual(more.networkAclEntries, plan.networkAclEntries);
    assert.deepEqual(more.securityGroupRules, plan.securityGroupRules);
    const fourth = { availabilityZone: "us-east-1d", cidrBlock: "10.0.0.144/28", natGatewayId: "nat-4" };
    const [before, after] = [3, 4].map((shards) =>
      samplePlan({ ...sharded(shards, 0), subnets: [...threeZones, fourth] }),
    );
    assert.deepEqual(after?.nodes.slice(0, 3), before?.nodes);
    assert.deepEqual(after?.networkAclEntries, before?.networkAclEntries);
  });

  it("keeps names, addresses and certificates where it gets more replicas", () => {
    const replicas = new Map(samplePlan(sharded(3, 4)).nodes.map((node) => [node.name, node]));
    for (const node of plan.nodes) assert.deepEqual(replicas.get(node.name), node);
  });

  it("has none where another would be without shards: both are there for a while where it gets its first, or loses its last", () => {
    const addresses = (change: object): string[] => samplePlan(change).nodes.map(({ privateIp }) => privateIp);
    const without = addresses(replicated(5));
    assert.equal(without.length, 6);
    assert.deepEqual(
      addresses(sharded(3, 5)).filter((address) => without.includes(address)),
      [],
    );
  });

  it("can have as many as there can be, within AWS's quotas", () => {
    const { nodes, cluster, networkAclEntries, securityGroupRules } = samplePlan(largest);
    assert.equal(nodes.length, 600);
    assert.equal(new Set(nodes.map(({ privateIp }) => privateIp)).size, 600);
    assert.equal(new Set(cluster?.members.map(({ loopbackAddress }) => loopbackAddress)).size, 600);
    assert.ok(nodes.every(({ name }) => numberedName.test(name)));
    for (const egress of [true, false]) {
      assert.ok(networkAclEntries.filter((entry) => entry.egress === egress).length <= networkAclRuleQuota);
    }
    assert.ok(securityGroupRules.length <= securityGroupRuleQuota);
  });
});
