import assert from "node:assert/strict";
import fc from "fast-check";
import { addressAt, contains, overlaps, subnetAt } from "../../../src/plan/cidr.js";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { everyFirewall, hasPort, hostFirewallAlone, judgedBy, type Flow } from "../../../src/plan/flow.js";
import { networkAclEntries } from "../../../src/plan/networkAcl.js";
import { securityGroupRules } from "../../../src/plan/securityGroup.js";
import { planNetwork } from "../../../src/plan/networkPlan.js";
import { sampleArguments, samplePlan } from "../../support/sample.js";

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
    name: "node-to-own-dns",
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
        ["10.9.0.2-32", "10.9.1.2-32"].map((network) => [`node-to-own-dns-${protocol}-${network}`, protocol, 53]),
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

  /** Arguments that make some flows or others, in and outside of the VPC, with as many networks as AWS's quota lets them have. */
  const someArguments = fc
    .record({
      apps: fc.subarray(["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/24", "172.16.0.0/24", "172.17.0.0/24"], {
        minLength: 1,
      }),
      bastions: fc.subarray(["10.0.0.0/28", "10.0.0.16/28", "10.0.0.32/28"]),
      https: fc.subarray(["0.0.0.0/0", "10.0.64.0/20", "10.0.80.0/20", "192.168.0.0/24"], { minLength: 1 }),
      resolvers: fc.subarray(["10.0.64.10", "10.0.80.10", "172.18.0.10"]),
      clocks: fc.subarray(["10.0.64.10", "10.0.80.10", "172.18.0.10", "172.18.1.10"]),
    })
    .map(({ apps, bastions, https, resolvers, clocks }) => ({
      appCidrBlocks: apps,
      bastionCidrBlocks: bastions,
      httpsEgressCidrBlocks: https,
      ...(bastions.length === 0 ? { operators: [] } : {}),
      ...(resolvers.length === 0 ? {} : { dnsServers: resolvers }),
      ...(clocks.length === 0 ? {} : { timeServers: clocks }),
    }))
    .filter((given) => cacheProblems("sessions", { ...sampleArguments, ...given }).length === 0);

  const numbered = (given: object): [name: string, rule: string][] =>
    samplePlan(given).networkAclEntries.map(({ name, egress, ruleNumber }) => [
      name,
      `${String(egress)} ${ruleNumber}`,
    ]);

  it("number the rules of a direction without a duplicate, below AWS's own", () => {
    fc.assert(
      fc.property(someArguments, (given) => {
        const rules = numbered(given).map(([, rule]) => rule);
        assert.equal(new Set(rules).size, rules.length);
        assert.ok(
          samplePlan(given).networkAclEntries.every(({ ruleNumber }) => ruleNumber > 0 && ruleNumber <= 32_766),
        );
      }),
    );
  });

  it("never give one number to two names, nor one name two numbers, whichever plan follows which", () => {
    const [names, numbers] = [new Map<string, string>(), new Map<string, string>()];
    fc.assert(
      fc.property(someArguments, (given) => {
        for (const [name, rule] of numbered(given)) {
          assert.equal(numbers.get(name) ?? rule, rule);
          assert.equal(names.get(rule) ?? name, name);
          numbers.set(name, rule);
          names.set(rule, name);
        }
      }),
    );
  });

  it("are those of its networks alone, whichever other flows come, change or go", () => {
    fc.assert(
      fc.property(someArguments, someArguments, (one, { appCidrBlocks: _, ...others }) => {
        const ofApps = (given: object): object[] =>
          samplePlan(given).networkAclEntries.filter(({ name }) => name.includes("-apps-to-redis-"));
        assert.ok(ofApps(one).length > 0);
        assert.deepEqual(ofApps({ ...others, appCidrBlocks: one.appCidrBlocks }), ofApps(one));
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
