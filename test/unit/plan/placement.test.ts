import assert from "node:assert/strict";
import fc from "fast-check";
import { addressAt, contains, hostCidr, lastAddress } from "../../../src/plan/cidr.js";
import {
  nodeNetworks,
  placeNumber,
  placesPerShard,
  roomIn,
  shardNodeName,
  shardPlaces,
  zoneNeeds,
} from "../../../src/plan/placement.js";
import { threeZones } from "../../support/sample.js";

interface Subnet {
  readonly availabilityZone: string;
  readonly cidrBlock: string;
}

const subnetAt = (zone: number, index: number, prefix: number): Subnet => ({
  availabilityZone: `us-east-1${"abcdef"[zone] ?? ""}`,
  cidrBlock: `10.${index}.0.0/${prefix}`,
});

/** One subnet or two in each of one to six zones, of sizes that hold some shards or all. */
const someSubnets = fc
  .record({
    zones: fc.integer({ min: 1, max: 6 }),
    prefixes: fc.array(fc.integer({ min: 21, max: 26 }), { minLength: 12, maxLength: 12 }),
    more: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ zones, prefixes, more }) =>
    prefixes.slice(0, zones + Math.min(more, zones)).map((prefix, index) => subnetAt(index % zones, index, prefix)),
  );

const shards = fc.integer({ min: 3, max: 100 });
const replicas = fc.integer({ min: 0, max: 5 });

const hasRoom = (subnets: readonly Subnet[], count: number, of: number): boolean =>
  zoneNeeds(subnets, count, of).every(
    ({ subnets: inZone, needed }) => needed <= inZone.reduce((sum, { cidrBlock }) => sum + roomIn(cidrBlock), 0),
  );

const byName = (subnets: readonly Subnet[], count: number, of: number): Map<string, string> =>
  new Map(shardPlaces(subnets, count, of).map((place) => [shardNodeName("c", place), place.privateIp]));

const zonesOf = (subnets: readonly Subnet[]): string[] => [
  ...new Set(subnets.map(({ availabilityZone }) => availabilityZone)),
];

describe("the places of shards", () => {
  it("are these for four shards with a replica each in three zones", () => {
    assert.deepEqual(
      shardPlaces(threeZones, 4, 1).map((place) => [
        shardNodeName("sessions", place),
        place.subnet.availabilityZone,
        place.privateIp,
      ]),
      [
        ["sessions-0-0", "us-east-1a", "10.0.0.110"],
        ["sessions-0-1", "us-east-1b", "10.0.0.126"],
        ["sessions-1-0", "us-east-1b", "10.0.0.123"],
        ["sessions-1-1", "us-east-1c", "10.0.0.139"],
        ["sessions-2-0", "us-east-1c", "10.0.0.136"],
        ["sessions-2-1", "us-east-1a", "10.0.0.104"],
        ["sessions-3-0", "us-east-1a", "10.0.0.101"],
        ["sessions-3-1", "us-east-1b", "10.0.0.117"],
      ],
    );
  });

  it("are addresses that AWS leaves free, each in its subnet and no other's", () => {
    fc.assert(
      fc.property(someSubnets, shards, replicas, (subnets, count, of) => {
        fc.pre(hasRoom(subnets, count, of));
        const all = shardPlaces(subnets, count, of);
        assert.equal(all.length, count * (of + 1));
        assert.equal(new Set(all.map(({ privateIp }) => privateIp)).size, all.length);
        const kept = subnets.flatMap(({ cidrBlock }) => [
          ...[0, 1, 2, 3].map((offset) => addressAt(cidrBlock, offset)),
          lastAddress(cidrBlock),
        ]);
        for (const { subnet, privateIp } of all) {
          assert.ok(contains(subnet.cidrBlock, hostCidr(privateIp)), privateIp);
          assert.ok(!kept.includes(privateIp), privateIp);
        }
      }),
    );
  });

  it("are where there is room for the last of them, and nowhere else", () => {
    fc.assert(
      fc.property(someSubnets, shards, replicas, (subnets, count, of) => {
        if (hasRoom(subnets, count, of)) shardPlaces(subnets, count, of);
        else assert.throws(() => shardPlaces(subnets, count, of), /too few addresses/);
      }),
    );
    assert.throws(() => shardPlaces([], 3, 0), /too few addresses/);
  });

  it("have no replica in the zone of the node that leads as planned, where there are two zones or more", () => {
    fc.assert(
      fc.property(someSubnets, shards, replicas, (subnets, count, of) => {
        fc.pre(zonesOf(subnets).length > 1 && hasRoom(subnets, count, of));
        const zones = new Map(
          shardPlaces(subnets, count, of).map((place) => [
            `${place.shard} ${place.replica}`,
            place.subnet.availabilityZone,
          ]),
        );
        for (let shard = 0; shard < count; shard += 1) {
          for (let replica = 1; replica <= of; replica += 1) {
            assert.notEqual(zones.get(`${shard} ${replica}`), zones.get(`${shard} 0`));
          }
        }
      }),
    );
  });

  it("spread those who lead over all zones, and a shard's replicas over all others", () => {
    fc.assert(
      fc.property(someSubnets, shards, replicas, (subnets, count, of) => {
        fc.pre(hasRoom(subnets, count, of));
        const zones = zonesOf(subnets);
        const all = shardPlaces(subnets, count, of);
        const evenly = (found: typeof all, over: readonly string[]): void => {
          const counts = over.map((zone) => found.filter(({ subnet }) => subnet.availabilityZone === zone).length);
          assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join());
        };
        evenly(
          all.filter(({ replica }) => replica === 0),
          zones,
        );
        const [first, ...others] = all.filter(({ shard }) => shard === count - 1);
        const apart = zones.filter((zone) => zones.length === 1 || zone !== first?.subnet.availabilityZone);
        evenly(others, apart);
      }),
    );
  });

  it("stay where they are when shards or replicas come or go", () => {
    fc.assert(
      fc.property(someSubnets, shards, shards, replicas, replicas, (subnets, one, other, few, many) => {
        fc.pre(hasRoom(subnets, Math.max(one, other), Math.max(few, many)));
        const larger = byName(subnets, Math.max(one, other), Math.max(few, many));
        for (const [name, address] of byName(subnets, Math.min(one, other), Math.min(few, many))) {
          assert.equal(larger.get(name), address, name);
        }
      }),
    );
  });

  it("stay where they are when a zone gets one more subnet, at the end of the list", () => {
    fc.assert(
      fc.property(someSubnets, shards, replicas, fc.nat(5), (subnets, count, of, zone) => {
        fc.pre(hasRoom(subnets, count, of));
        const more = subnetAt(zone % zonesOf(subnets).length, 99, 24);
        assert.deepEqual(byName([...subnets, more], count, of), byName(subnets, count, of));
      }),
    );
  });

  it("of a hundred shards with five replicas each fit into a /23 in each of two zones or more, and a /22 in one; of four into a /28", () => {
    const zones = (count: number, prefix: number): Subnet[] =>
      Array.from({ length: count }, (_, zone) => subnetAt(zone, zone, prefix));
    for (const count of [2, 3, 4, 5, 6]) assert.ok(hasRoom(zones(count, 23), 100, 5), String(count));
    assert.ok(hasRoom(zones(1, 22), 100, 5));
    assert.ok(hasRoom(threeZones, 4, 4) && !hasRoom(threeZones, 4, 5) && hasRoom(threeZones, 3, 5));
    assert.ok(!hasRoom(zones(2, 24), 100, 5));
    assert.ok(!hasRoom(zones(1, 23), 100, 5));
  });

  it("have numbers of their own, six a shard", () => {
    assert.equal(placesPerShard, 6);
    const numbers = shardPlaces([subnetAt(0, 0, 22)], 100, 5).map(placeNumber);
    assert.deepEqual(
      numbers,
      Array.from({ length: 600 }, (_, index) => index),
    );
  });
});

describe("the networks that nodes are in", () => {
  const networks = threeZones.map(({ cidrBlock }) => cidrBlock);
  const more = [...threeZones, { availabilityZone: "us-east-1a", cidrBlock: "10.0.1.0/28" }];

  it("are those that have one, and with shards all, however many nodes there are", () => {
    assert.deepEqual(nodeNetworks({ subnets: more }), networks.slice(0, 1));
    assert.deepEqual(nodeNetworks({ subnets: more, shards: 1, replicas: 2 }), networks);
    for (const shards of [3, 4, 7])
      assert.deepEqual(nodeNetworks({ subnets: more, shards }), [...networks, "10.0.1.0/28"]);
  });
});
