import assert from "node:assert/strict";
import { execa } from "execa";
import fc from "fast-check";
import { compileFirewall } from "../../../lab/hosts/network/compileFirewall.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { runsOf } from "../../support/dimensions.js";
import type { NetworkAclEntry, NetworkFacts, RouteFacts } from "../../../lab/hosts/network/facts.js";

const any = "0.0.0.0/0";
const allow = { ruleNumber: 100, egress: false, action: "allow", cidrBlock: any, protocol: "-1" } as const;

const facts: NetworkFacts = {
  vpcId: "vpc-1",
  cidrBlocks: ["10.0.0.0/16"],
  subnets: [
    subnet("subnet-public", "acl-open", [
      { destination: "10.0.0.0/16", target: { kind: "local" } },
      { destination: any, target: { kind: "internetGateway" } },
    ]),
    subnet("subnet-cache", "acl-cache", [
      { destination: any, target: { kind: "natGateway", subnetId: "subnet-public" } },
      { destination: "10.0.0.0/16", target: { kind: "local" } },
    ]),
    subnet("subnet-alone", "acl-open", [
      { destination: "192.0.2.0/24", target: { kind: "unreachable", why: "blackhole" } },
    ]),
  ],
  networkAcls: [
    { id: "acl-open", entries: [allow, { ...allow, egress: true }] },
    {
      id: "acl-cache",
      entries: [
        { ...allow, ruleNumber: 32767, action: "deny" },
        { ...allow, ruleNumber: 100, protocol: "6", from: 6379, to: 6379, cidrBlock: "10.0.16.0/20" },
        {
          ...allow,
          ruleNumber: 90,
          protocol: "6",
          from: 6379,
          to: 6379,
          cidrBlock: "10.0.16.9/32",
          action: "deny",
        },
        { ...allow, ruleNumber: 110, egress: true, protocol: "17", from: 53, to: 53 },
        { ...allow, ruleNumber: 120, egress: true, protocol: "1", from: 3, to: 4 },
      ],
    },
  ],
  securityGroups: [
    {
      id: "sg-cache",
      ingress: [{ protocol: "tcp", from: 6379, to: 6379, cidrBlocks: [], groupIds: ["sg-app"] }],
      egress: [{ protocol: "tcp", from: 443, to: 443, cidrBlocks: [any], groupIds: [] }],
    },
    { id: "sg-app", ingress: [], egress: [{ protocol: "-1", cidrBlocks: [any], groupIds: [] }] },
  ],
  interfaces: [
    nic("eni-0000000000000cac1", "subnet-cache", "10.0.100.4", "sg-cache"),
    nic("eni-0000000000000a001", "subnet-public", "10.0.16.4", "sg-app", true),
    nic("eni-0000000000000a002", "subnet-public", "10.0.16.5", "sg-app"),
  ],
};

describe("compileFirewall", function () {
  this.timeout(60_000);
  const ruleset = compileFirewall(facts);

  before(() => ensureDebianPackages(["nftables"]));

  it("is what nft takes, also for a VPC without anything in it", async () => {
    await check(ruleset);
    await check(compileFirewall({ ...facts, subnets: [], interfaces: [], networkAcls: [], securityGroups: [] }));
  });

  it("lets hosts ask the router for what Amazon has in each VPC, and for nothing else", () => {
    const from = "iifname { e000000000cac1, e000000000a001, e000000000a002 }";
    assert.deepEqual(
      chain(ruleset, "input").filter((line) => line.startsWith("iifname {")),
      [
        `${from} ip daddr 169.254.169.254 tcp dport 80 accept`,
        `${from} ip daddr 169.254.169.253 meta l4proto { tcp, udp } th dport 53 accept`,
        `${from} ip daddr 169.254.169.123 udp dport 123 accept`,
      ],
    );
  });

  it("puts a network ACL's rules in the order of their numbers and denies what none of them names", () => {
    assert.deepEqual(chain(ruleset, "acl_cache_in"), [
      'ip saddr 10.0.16.9/32 tcp dport 6379 counter name acl_cache_in_denied drop comment "rule 90"',
      'ip saddr 10.0.16.0/20 tcp dport 6379 counter return comment "rule 100"',
      'counter name acl_cache_in_denied drop comment "rule 32767"',
      "counter name acl_cache_in_denied drop",
    ]);
    assert.deepEqual(chain(ruleset, "acl_cache_out"), [
      'udp dport 53 counter return comment "rule 110"',
      'icmp type 3 icmp code 4 counter return comment "rule 120"',
      "counter name acl_cache_out_denied drop",
    ]);
  });

  it("lets network ACLs see every packet, before connections are tracked, but none within a subnet", () => {
    const forward = chain(ruleset, "forward");
    const place = (text: string) => forward.findIndex((line) => line.includes(text));
    assert.ok(place("jump network_acls") < place("established"));
    assert.ok(place("established") < place("jump security_groups"));
    assert.equal(
      chain(ruleset, "network_acls")[0],
      "iifname { e000000000a001, e000000000a002 } oifname { e000000000a001, e000000000a002 } return",
    );
  });

  it("turns a referenced group into the addresses of its members", () => {
    assert.deepEqual(chain(ruleset, "groups_eni_0000000000000cac1_in"), [
      'ip saddr 10.0.16.4 tcp dport 6379 counter return comment "sg-cache"',
      'ip saddr 10.0.16.5 tcp dport 6379 counter return comment "sg-cache"',
      "counter name groups_eni_0000000000000cac1_in_denied drop",
    ]);
  });

  it("takes the longest prefix, the NAT gateway's network ACL, and a public address for an internet gateway", () => {
    assert.deepEqual(chain(ruleset, "routes_to_internet_subnet_cache"), [
      "ip daddr 10.0.0.0/16 oifname != internet return",
      "ip daddr 10.0.0.0/16 counter name no_such_host drop",
      "oifname internet jump acl_open_in",
      "oifname internet jump acl_open_out",
      "oifname internet return",
      "counter name no_route drop",
    ]);
    const out = chain(ruleset, "routes_to_internet_subnet_public");
    assert.equal(out.filter((line) => line.startsWith("oifname internet iifname")).length, 1);
    assert.ok(out.includes("counter name no_public_address drop"));
  });

  it("refuses a protocol that it does not know", () => {
    const networkAcls = [{ id: "acl-cache", entries: [{ ...allow, protocol: "carrier pigeon" }] }];
    assert.throws(() => compileFirewall({ ...facts, networkAcls }), /carrier pigeon/);
  });

  it("does not depend on the order in which the API lists rules, for any rules, and nft takes them", async () => {
    await fc.assert(
      fc.asyncProperty(aclEntries, fc.integer({ min: 1, max: 7 }), async (entries, step) => {
        const withEntries = (list: NetworkAclEntry[]) =>
          compileFirewall({
            ...facts,
            networkAcls: [
              { id: "acl-cache", entries: list },
              { id: "acl-open", entries: [] },
            ],
          });
        const compiled = withEntries(entries);
        const rotated = [...entries.slice(step), ...entries.slice(0, step)];
        assert.equal(withEntries(rotated), compiled);
        assert.equal(withEntries([...entries].reverse()), compiled);
        for (const name of ["acl_cache_in", "acl_cache_out"]) {
          const numbers = chain(compiled, name)
            .flatMap((line) => /"rule (\d+)"/.exec(line)?.[1] ?? [])
            .map(Number);
          assert.deepEqual(
            numbers,
            [...numbers].sort((a, b) => a - b),
          );
        }
        await check(compiled);
      }),
      { numRuns: runsOf(25) },
    );
  });
});

const ports = fc.tuple(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 })).map(([a, b]) => ({
  from: Math.min(a, b),
  to: Math.max(a, b),
}));
const cidrBlock = fc
  .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => (length === 0 ? any : `${address}/${length}`));
const aclEntries = fc.uniqueArray(
  fc
    .record({
      ruleNumber: fc.integer({ min: 1, max: 32766 }),
      egress: fc.boolean(),
      action: fc.constantFrom("allow" as const, "deny" as const),
      cidrBlock,
      protocol: fc.constantFrom("-1", "6", "17", "47"),
    })
    .chain((entry) => ports.map((range) => ({ ...entry, ...range }))),
  { selector: ({ ruleNumber, egress }) => `${ruleNumber} ${String(egress)}`, maxLength: 8 },
);

function subnet(id: string, networkAclId: string, routes: RouteFacts[]): NetworkFacts["subnets"][number] {
  return { id, cidrBlock: "10.0.0.0/24", networkAclId, routes };
}

function nic(id: string, subnetId: string, address: string, group: string, hasPublicAddress = false) {
  return { id, subnetId, addresses: [address], securityGroupIds: [group], hasPublicAddress };
}

/** The rules of one chain. */
function chain(ruleset: string, name: string): string[] {
  const body = new RegExp(`chain ${name} \\{\\n([^}]*(?:\\{[^}]*\\}[^}]*)*?)\\n  \\}`).exec(ruleset)?.[1];
  assert.ok(body !== undefined, `there is no chain ${name}`);
  return body.split("\n").map((line) => line.trim());
}

/** Judged by nft itself, in a network namespace of its own. */
async function check(ruleset: string): Promise<void> {
  await execa("unshare", ["--net", "nft", "--check", "--file", "-"], { input: ruleset });
}
