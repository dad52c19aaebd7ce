import assert from "node:assert/strict";
import fc from "fast-check";
import { addressAt, contains, overlaps, subnetAt } from "../../../src/plan/cidr.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { everyFirewall, hasPort, hostFirewallAlone, judgedBy, type Flow } from "../../../src/plan/flow.js";
import { networkAclEntries } from "../../../src/plan/networkAcl.js";
import { securityGroupRules } from "../../../src/plan/securityGroup.js";
import { planNetwork } from "../../../src/plan/networkPlan.js";
import { samplePlan } from "../../support/sample.js";

const cidr = (shortest: number, longest: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.nat(), fc.integer({ min: shortest, max: longest }))
    .map(([second, index, prefix]) => subnetAt(`10.${second}.0.0/16`, prefix, index % 2 ** (prefix - 16)));

/** Networks of /24 that share no address. */
const distinctNetworks = fc
  .uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 8 })
  .map((thirds) => thirds.map((third) => `10.0.${third}.0/24`));

describe("flows, as network ACL and security group", () => {
  it("let Redis in from the apps and SSH from the bastions, and nothing else in", () => {
    fc.assert(
      fc.property(distinctNetworks, (networks) => {
        const half = Math.ceil(networks.length / 2);
        const [apps, bastions] = [networks.slice(0, half), networks.slice(half)];
        const plan = samplePlan({ appCidrBlocks: apps, bastionCidrBlocks: bastions });
        const opens = (port: number): string[] =>
          plan.networkAclEntries
            .filter((entry) => !entry.egress && entry.fromPort <= port && port <= entry.toPort)
            .map((entry) => entry.cidrBlock);
        assert.deepEqual(opens(6379), apps);
        assert.deepEqual(opens(22), bastions);
        const rules = plan.securityGroupRules.filter((rule) => rule.flow.direction === "ingress");
        assert.equal(rules.length, networks.length);
      }),
    );
  });

  it("have a way back for every way there, because a network ACL is stateless", () => {
    const { networkAclEntries: entries, flows } = samplePlan();
    for (const { name, protocols, cidrBlocks } of judgedBy("networkAcl", flows)) {
      for (const [protocol, cidrBlock] of protocols.flatMap((one) => cidrBlocks.map((cidr) => [one, cidr]))) {
        const found = entries.filter((entry) => entry.protocol === protocol && entry.cidrBlock === cidrBlock);
        assert.deepEqual(found.map(({ egress }) => egress).sort(), [false, true], name);
      }
    }
  });

  /** Both protocols of a flow, at any two networks, with or without groups. */
  const twoProtocols: Flow = {
    name: "node-to-names",
    direction: "egress",
    judges: everyFirewall,
    protocols: ["tcp", "udp"],
    service: "domain",
    port: 53,
    peer: "Resolvers",
    cidrBlocks: ["10.9.0.2/32", "10.9.1.2/32"],
    securityGroups: [],
    reason: "Names",
  };

  it("have an entry and a rule for each protocol of a flow, each with a name of its own", () => {
    const entries = networkAclEntries([twoProtocols]);
    const [calls, answers] = [true, false].map((out) => entries.filter(({ egress }) => egress === out));
    const shown = (list: typeof entries = []): string[] =>
      list.map(({ protocol, cidrBlock, fromPort, toPort }) => `${protocol} ${cidrBlock} ${fromPort}-${toPort}`);
    const of = (ports: string): string[] =>
      ["tcp", "udp"].flatMap((protocol) => [`${protocol} 10.9.0.2/32 ${ports}`, `${protocol} 10.9.1.2/32 ${ports}`]);
    assert.deepEqual(shown(calls), of("53-53"));
    assert.deepEqual(shown(answers), of("32768-60999"));
    assert.deepEqual(
      securityGroupRules([twoProtocols]).map(({ name, protocol, fromPort }) => [name, protocol, fromPort]),
      ["tcp", "udp"].flatMap((protocol) =>
        ["10.9.0.2-32", "10.9.1.2-32"].map((network) => [`node-to-names-${protocol}-${network}`, protocol, 53]),
      ),
    );
  });

  it("have none for what they can't judge", () => {
    const alone = { ...twoProtocols, judges: hostFirewallAlone };
    assert.deepEqual(networkAclEntries([alone]), []);
    assert.deepEqual(securityGroupRules([alone]), []);
    const { networkAclEntries: entries, securityGroupRules: rules } = samplePlan();
    const amazons = /^169\.254\.|^10\.0\.0\.2\//;
    assert.deepEqual(
      entries.filter(({ cidrBlock }) => amazons.test(cidrBlock)),
      [],
    );
    assert.deepEqual(
      rules.filter(({ peer }) => "cidrBlock" in peer && amazons.test(peer.cidrBlock)),
      [],
    );
  });

  it("number the rules of a direction without a duplicate", () => {
    fc.assert(
      fc.property(distinctNetworks, (appCidrBlocks) => {
        const { networkAclEntries: entries } = samplePlan({
          appCidrBlocks,
          bastionCidrBlocks: [],
          operators: [],
        });
        const keys = entries.map((entry) => `${entry.egress} ${entry.ruleNumber}`);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  it("fill both directions of a network ACL alike, so that AWS's quota is reached in both at once", () => {
    fc.assert(
      fc.property(distinctNetworks, fc.nat(8), fc.nat(8), (networks, one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const { networkAclEntries: entries } = samplePlan({
          appCidrBlocks: networks.slice(0, first),
          bastionCidrBlocks: networks.slice(first, last),
          httpsEgressCidrBlocks: networks.slice(last),
        });
        const inwards = entries.filter(({ egress }) => !egress).length;
        assert.deepEqual([inwards, entries.length - inwards], [networks.length, networks.length]);
      }),
    );
  });

  it("open port 22 to nobody when there are no operators", () => {
    const ports = ({ flows }: ReturnType<typeof samplePlan>): number[] => flows.filter(hasPort).map(({ port }) => port);
    assert.ok(!ports(samplePlan({ operators: [] })).includes(22));
    assert.ok(ports(samplePlan()).includes(22));
  });

  it("name security groups instead of networks where the caller gives them", () => {
    const peers = (change: object): object[] =>
      samplePlan(change)
        .securityGroupRules.filter((rule) => rule.flow.name === "apps-to-redis")
        .map((rule) => rule.peer);
    assert.deepEqual(peers({}), [{ cidrBlock: "10.0.16.0/20" }]);
    assert.deepEqual(peers({ appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" } }), [
      { securityGroupId: "sg-1" },
      { securityGroupId: "sg-2" },
    ]);
  });

  it("name the clients' groups, beside the caller's, where the cache makes these, for applications alone", () => {
    const rules = (change: object): [string, object][] =>
      samplePlan({ clients: ["web", "jobs"], clientSecurityGroups: true, ...change })
        .securityGroupRules.filter(({ flow }) => flow.direction === "ingress")
        .map(({ name, peer }) => [name, peer]);
    const bastions = ["bastions-to-ssh-10.0.0.0-28", { cidrBlock: "10.0.0.0/28" }];
    const [web, jobs] = ["web", "jobs"].map((client) => [`apps-to-redis-${client}`, { clientGroup: client }]);
    assert.deepEqual(rules({}), [web, jobs, bastions]);
    assert.deepEqual(rules({ appSecurityGroupIds: { hosts: "sg-1" } }), [
      ["apps-to-redis-hosts", { securityGroupId: "sg-1" }],
      web,
      jobs,
      bastions,
    ]);
    assert.deepEqual(samplePlan({ clientSecurityGroups: true }).networkAclEntries, samplePlan().networkAclEntries);
  });
});

describe("the node", () => {
  it("has the first address that AWS leaves free, in the first subnet", () => {
    const [node, ...more] = samplePlan().nodes;
    assert.equal(more.length, 0);
    assert.equal(node?.privateIp, "10.0.0.100");
    assert.deepEqual(node.certificate.ipAddresses, ["10.0.0.100"]);
  });

  it("has dedicated tenancy unless sharing is allowed by name", () => {
    assert.equal(samplePlan().tenancy, "dedicated");
    assert.equal(samplePlan({ allowSharedTenancy: true }).tenancy, "default");
  });
});

describe("CIDR arithmetic", () => {
  it("cuts a network into parts that lie in it and do not overlap", () => {
    fc.assert(
      fc.property(cidr(16, 24), fc.integer({ min: 1, max: 4 }), (network, bits) => {
        const prefix = Number(network.split("/")[1]) + bits;
        const parts = Array.from({ length: 2 ** bits }, (_, index) => subnetAt(network, prefix, index));
        assert.ok(parts.every((part) => contains(network, part) && overlaps(network, part)));
        assert.ok(parts.every((part, i) => parts.every((other, j) => i === j || !overlaps(part, other))));
        assert.ok(parts.every((part) => contains(part, `${addressAt(part, 1)}/32`)));
      }),
    );
  });
});

describe("a network", () => {
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"];

  it("gives every zone subnets inside the VPC that share no address", () => {
    fc.assert(
      fc.property(cidr(16, 20), fc.integer({ min: 1, max: 6 }), (cidrBlock, count) => {
        const plan = planNetwork("clinic", { cidrBlock, availabilityZones: zones.slice(0, count) });
        const all = plan.zones.flatMap((zone) => [zone.appCidrBlock, zone.bastionCidrBlock, zone.cacheCidrBlock]);
        assert.equal(all.length, 3 * count);
        assert.ok(all.every((one) => contains(cidrBlock, one)));
        assert.ok(all.every((one, i) => all.every((other, j) => i === j || !overlaps(one, other))));
      }),
    );
  });

  const problemsOf = (change: object): string[] =>
    networkProblems("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: zones, ...change }).map(
      ({ path }) => path,
    );
  it("takes /16 to /20 and one to six zones, each once", () => {
    assert.deepEqual(problemsOf({}), []);
    assert.deepEqual(problemsOf({ cidrBlock: "10.0.0.0/20" }), []);
    assert.deepEqual(problemsOf({ cidrBlock: "10.0.0.0/21" }), ["cidrBlock"]);
    assert.deepEqual(problemsOf({ cidrBlock: "10.0.0.0/15" }), ["cidrBlock"]);
    assert.deepEqual(problemsOf({ cidrBlock: "8.8.0.0/16" }), ["cidrBlock"]);
    assert.deepEqual(problemsOf({ cidrBlock: "172.20.0.0/16" }), []);
    assert.deepEqual(problemsOf({ availabilityZones: [] }), ["availabilityZones"]);
    assert.deepEqual(problemsOf({ availabilityZones: ["us-east-1a", "us-east-1a"] }), ["availabilityZones[1]"]);
    assert.deepEqual(problemsOf({ availabilityZones: ["us east"] }), ["availabilityZones[0]"]);
  });

  it("has dedicated tenancy unless sharing is allowed by name", () => {
    const shape = { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] };
    assert.equal(planNetwork("clinic", shape).instanceTenancy, "dedicated");
    assert.equal(planNetwork("clinic", { ...shape, allowSharedTenancy: true }).instanceTenancy, "default");
  });
});
