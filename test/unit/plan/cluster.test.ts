import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clusterRules,
  defaultClusterLoopbackCidrBlock,
  firstSlots,
  planCluster,
  shardRange,
  slotCount,
  type ClusterPlan,
} from "../../../src/plan/cluster.js";
import { contains, hostCidr, lastAddress } from "../../../src/plan/cidr.js";
import { shardPlaces } from "../../../src/plan/placement.js";

const loopbackCidrBlock = defaultClusterLoopbackCidrBlock;

/** As many zones, each with a subnet that has room for every shard. */
function planned(shards: number, replicas: number, zones = 3, cache = "sessions", region = "us-east-1"): ClusterPlan {
  const subnets = Array.from({ length: zones }, (_, index) => ({
    availabilityZone: `${region}${"abcdef"[index] ?? ""}`,
    cidrBlock: `10.${index}.0.0/22`,
  }));
  return planCluster(cache, { shards, replicas, loopbackCidrBlock }, shardPlaces(subnets, shards, replicas));
}

describe("the members of a cluster", () => {
  it("are these for three shards with a replica each", () => {
    const member = (shard: number, replica: number, privateIp: string, last: number, nodeId: string): object => ({
      shard,
      replica,
      name: `sessions-${shard}-${replica}`,
      privateIp,
      loopbackAddress: `127.82.0.${last}`,
      serverName: `sessions-${shard}-${replica}.node.sessions.hipaa-redis.internal`,
      nodeId,
    });
    assert.equal(planned(3, 1).identity, "us-east-1/sessions");
    // Of a version that gave others, nodes would be strangers to those that they replace.
    assert.deepEqual(planned(3, 1).members, [
      member(0, 0, "10.0.3.254", 1, "d29f78e2fdefa681c85cd24c1061fe2ad32aa6db"),
      member(0, 1, "10.1.3.254", 2, "8631c9180e9808ba5f8b176d2d1f69c7742f9b91"),
      member(1, 0, "10.1.3.251", 7, "6a9d0bd75bf7b72f6cc6fdfebf7b1450903f7b7f"),
      member(1, 1, "10.2.3.251", 8, "f7c616ac62a98b1c966b16c912ee3f1d4dfe78df"),
      member(2, 0, "10.2.3.248", 13, "7bc5b85fb99ecdf3cded6570b9fc52b6c6d1f393"),
      member(2, 1, "10.0.3.248", 14, "1403d967ef9af8afb834ad53df84e02826823d0d"),
    ]);
  });

  it("have ids that Redis takes, unlike those of any other node, cache or region", () => {
    const all = [planned(100, 5), planned(100, 5, 3, "session"), planned(100, 5, 3, "sessions", "us-east-2")].flatMap(
      ({ members }) => members.map(({ nodeId }) => nodeId),
    );
    assert.ok(all.every((id) => /^[0-9a-f]{40}$/.test(id)));
    assert.equal(new Set(all).size, 1800);
  });

  it("are the same whatever else there is, and whichever zones there are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 99 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (shards, replicas, zones) => {
          const known = new Map(planned(shards + 1, replicas + 1, zones).members.map((one) => [one.name, one]));
          for (const one of planned(shards, replicas, zones).members) assert.deepEqual(known.get(one.name), one);
          for (const { name, nodeId, loopbackAddress } of planned(shards, replicas, 3).members) {
            const found = known.get(name);
            assert.deepEqual([found?.nodeId, found?.loopbackAddress], [nodeId, loopbackAddress]);
          }
        },
      ),
    );
  });

  it("have an address each in the loopback's network, with room for as many as there can be", () => {
    const addresses = planned(shardRange.most, 5).members.map(({ loopbackAddress }) => loopbackAddress);
    assert.equal(new Set(addresses).size, 600);
    assert.ok(addresses.every((address) => contains(loopbackCidrBlock, hostCidr(address))));
    assert.ok(!addresses.includes("127.82.0.0") && !addresses.includes(lastAddress(loopbackCidrBlock)));
  });
});

describe("the slots that shards begin with", () => {
  it("are these for three and for four", () => {
    assert.deepEqual(firstSlots(3), [
      { fromSlot: 0, toSlot: 5460 },
      { fromSlot: 5461, toSlot: 10_921 },
      { fromSlot: 10_922, toSlot: 16_383 },
    ]);
    assert.deepEqual(planned(4, 0).firstSlots[3], { fromSlot: 12_288, toSlot: 16_383 });
  });

  it("are all slots, each once, and as many for each shard as for any other, or one more", () => {
    const counts = Array.from(
      { length: shardRange.most - shardRange.least + 1 },
      (_, index) => shardRange.least + index,
    );
    for (const shards of counts) {
      const ranges = firstSlots(shards);
      const sizes = ranges.map(({ fromSlot, toSlot }) => toSlot - fromSlot + 1);
      assert.equal(ranges.length, shards);
      assert.deepEqual(
        ranges.map(({ fromSlot }) => fromSlot),
        [0, ...ranges.slice(0, -1).map(({ toSlot }) => toSlot + 1)],
      );
      assert.equal(ranges.at(-1)?.toSlot, slotCount - 1);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, String(shards));
    }
  });
});

describe("what the nodes of a cluster keep to", () => {
  it("are these timers and rules", () => {
    assert.deepEqual(clusterRules, {
      nodeTimeoutMs: 2000,
      replicaValidityFactor: 0,
      allowsReplicaMigration: false,
      requiresFullCoverage: false,
      formsAfterMs: 15_000,
    });
    assert.ok(clusterRules.formsAfterMs > 2 * clusterRules.nodeTimeoutMs);
    assert.equal(slotCount, 16_384);
  });

  it("is that a primary with several replicas takes no writes without any: one with a single one would stop with it", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((replicas) => planned(3, replicas).minReplicasToWrite),
      [0, 0, 1, 1, 1, 1],
    );
  });
});

describe("the weaknesses of a cluster", () => {
  const zones = (count: number): string[] => ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, count);
  const half = (zone: string, primaries: number): object => ({ of: "primaries", zone, primaries });

  for (const [what, shards, replicas, count, expected] of [
    ["none with three shards in three zones", 3, 1, 3, []],
    ["none with five shards in three zones", 5, 1, 3, []],
    ["that a zone has half of four", 4, 1, 3, [half("us-east-1a", 2)]],
    ["none with four in four zones", 4, 1, 4, []],
    ["that nobody takes over without replicas", 3, 0, 3, [{ of: "replicas" }]],
    ["two zones, of which one has two of three", 3, 1, 2, [{ of: "zones", zones: zones(2) }, half("us-east-1a", 2)]],
    [
      "two zones, of which each has half",
      4,
      1,
      2,
      [{ of: "zones", zones: zones(2) }, half("us-east-1a", 2), half("us-east-1b", 2)],
    ],
    ["one zone", 3, 2, 1, [{ of: "zones", zones: zones(1) }, half("us-east-1a", 3)]],
    ["all of them", 3, 0, 1, [{ of: "zones", zones: zones(1) }, { of: "replicas" }, half("us-east-1a", 3)]],
  ] as [string, number, number, number, object[]][]) {
    it(`are ${what}`, () => {
      assert.deepEqual(planned(shards, replicas, count).weaknesses, expected);
    });
  }

  it("are zones whose loss leaves no majority of the primaries, and no others", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), fc.integer({ min: 1, max: 6 }), (shards, count) => {
        const { weaknesses, members } = planned(shards, 1, count);
        const primaries = members.filter(({ replica }) => replica === 0);
        const named = weaknesses.flatMap((one) => (one.of === "primaries" ? [one] : []));
        // As Redis counts (src/cluster.c, "needed_quorum").
        const majority = Math.floor(shards / 2) + 1;
        const inZone = Array.from(
          { length: count },
          (_, zone) => primaries.filter(({ privateIp }) => privateIp.startsWith(`10.${zone}.`)).length,
        );
        assert.deepEqual(
          named.map((one) => one.primaries),
          inZone.filter((lost) => shards - lost < majority),
        );
      }),
    );
  });
});
