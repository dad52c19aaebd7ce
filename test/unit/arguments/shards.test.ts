import assert from "node:assert/strict";
import { numberedName } from "../../../src/arguments/names.js";
import { replicated, sharded, threeZones } from "../../support/sample.js";
import { lines, problemsWith } from "./lines.js";

const told = (change: object): string[] => lines(problemsWith(change));

describe("replicas", () => {
  it("may be 0, or 2 to 5", () => {
    for (const replicas of [undefined, 0, 2, 3, 4, 5]) assert.deepEqual(told({ subnets: threeZones, replicas }), []);
  });

  it("may be nothing else", () => {
    for (const bad of [-1, 6, 2.5, "2", null, [2]]) {
      assert.deepEqual(told({ replicas: bad }), [
        `replicas: got ${JSON.stringify(bad)}. Give 0, or a whole number of replicas from 2 to 5; with shards, 1 as well.`,
      ]);
    }
  });

  it("may be 1 only of shards", () => {
    const line =
      "replicas: got 1. Of two nodes, one that is left is no majority, and could not take over: give 0, or 2 to 5, or give shards as well, " +
      "each of which can have 1.";
    assert.deepEqual(told({ ...replicated(1) }), [line]);
    assert.deepEqual(told({ ...replicated(1), shards: 1 }), [line]);
    assert.deepEqual(told(sharded(3, 1)), []);
  });
});

describe("shards", () => {
  const wide = threeZones.map((subnet, index) => ({ ...subnet, cidrBlock: `10.0.${2 * index + 64}.0/23` }));

  it("may be 1, or 3 to 100, with 0 to 5 replicas each", () => {
    for (const shards of [undefined, 1, 3, 4, 99, 100]) assert.deepEqual(told({ subnets: wide, shards }), []);
    for (const replicas of [undefined, 0, 1, 2, 3, 4, 5])
      assert.deepEqual(told({ subnets: wide, shards: 100, replicas }), []);
  });

  it("may be nothing else", () => {
    for (const bad of [0, -3, 101, 3.5, "3", null, [3]]) {
      assert.deepEqual(told({ subnets: wide, shards: bad }), [
        `shards: got ${JSON.stringify(bad)}. Give 1, or a whole number of shards from 3 to 100.`,
      ]);
    }
    assert.deepEqual(told({ subnets: wide, shards: 2 }), [
      "shards: got 2. Of two shards, one that is left is no majority, and nobody could take over: give 1, or 3 to 100.",
    ]);
  });

  it("have room in their zones, up to the last place that is taken", () => {
    const line = (index: number, zone: string, shards: number, replicas: string, needed: number): string =>
      `subnets[${index}].cidrBlock: got "${threeZones[index]?.cidrBlock ?? ""}". ${zone} has room for 11 nodes, and ${shards} shards with ` +
      `${replicas} each take ${needed} places there, with those that are kept for more replicas: give a larger network, or one more ` +
      "subnet in this zone, as the last of subnets.";
    assert.deepEqual(told(sharded(4, 4)), []);
    // Of the fourth shard, the last replica's place in the second zone is its third there.
    assert.deepEqual(told(sharded(4, 5)), [line(1, "us-east-1b", 4, "5 replicas", 12)]);
    assert.deepEqual(told(sharded(5, 0)), [line(1, "us-east-1b", 5, "0 replicas", 13)]);
    assert.deepEqual(told(sharded(5, 1)), [
      line(1, "us-east-1b", 5, "1 replica", 13),
      line(2, "us-east-1c", 5, "1 replica", 13),
    ]);
    const more = { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.144/28", natGatewayId: "nat-4" };
    assert.deepEqual(told({ ...sharded(5, 0), subnets: [...threeZones, more] }), []);
    const elsewhere = { ...more, availabilityZone: "us-east-1a" };
    assert.equal(told({ ...sharded(5, 0), subnets: [...threeZones, elsewhere] }).length, 1);
  });

  it("need a way to Debian's packages from each subnet that a node is in, or an image that brings them", () => {
    const [first, second, third] = threeZones;
    const { natGatewayId: none, ...closed } = third ?? assert.fail();
    assert.ok(none);
    const change = { ...sharded(), subnets: [first, second, closed] };
    assert.deepEqual(
      problemsWith(change).map(({ path, got }) => [path, got]),
      [["subnets[2].natGatewayId", "nothing"]],
    );
    assert.deepEqual(told({ ...change, imageId: "ami-1" }), []);
    const empty = { availabilityZone: "us-east-1c", cidrBlock: "10.0.0.144/28" };
    assert.deepEqual(told({ ...sharded(), subnets: [...threeZones, empty] }), []);
  });

  it("leave Redis as much memory as it may have without replicas, and with replicas room for a second copy", () => {
    assert.deepEqual(told({ ...sharded(3, 0), maxMemoryPercent: 60 }), []);
    assert.deepEqual(told({ ...sharded(3, 1), maxMemoryPercent: 36 }), []);
    assert.deepEqual(told({ ...sharded(3, 1), maxMemoryPercent: 37 }), [
      "maxMemoryPercent: got 37 with replicas. A replica that takes a whole copy keeps the old one until it has it: give at most 36, or leave it out for 35.",
    ]);
  });

  it("have three rules of the network ACL in each direction for each subnet, within AWS's quota", () => {
    const subnets = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({
        availabilityZone: `us-east-1${"abc"[index % 3] ?? ""}`,
        cidrBlock: `10.0.${64 + index}.0/24`,
        natGatewayId: "nat-1",
      }));
    assert.deepEqual(told({ shards: 3, subnets: subnets(5) }), []);
    assert.deepEqual(told({ shards: 3, subnets: subnets(6) }), [
      "appCidrBlocks, bastionCidrBlocks, httpsEgressCidrBlocks, dnsServers, timeServers and subnets: got 21 network ACL rules in one " +
        "direction. AWS allows 19 in each direction besides its own: join neighbouring networks into larger ones, and give fewer, larger " +
        "subnets: each that nodes are in takes three.",
    ]);
  });
});

describe("the network of nodes on the loopback", () => {
  const told83 = (loopbackCidrBlock: string, change: object): string[] => told({ ...change, loopbackCidrBlock });

  it("is one of the loopback, apart from what the system uses", () => {
    for (const sound of ["127.83.0.0/24", "127.83.0.0/16", "127.83.0.16/28"])
      assert.deepEqual(told83(sound, replicated()), []);
    for (const [bad, allowed] of [
      ["10.0.0.0/24", 'Give a network of the loopback, 127.0.0.0/8, such as "127.83.0.0/24".'],
      [
        "127.0.0.0/24",
        'The system itself uses addresses of 127.0.0.0/16: give another network, such as "127.83.0.0/24".',
      ],
      ["127.84.0.0/15", 'Give a network of /16 to /28, such as "127.83.0.0/24".'],
      ["127.83.0.0/29", 'Give a network of /16 to /28, such as "127.83.0.0/24".'],
    ] as const) {
      assert.deepEqual(told83(bad, replicated()), [`loopbackCidrBlock: got "${bad}". ${allowed}`]);
      assert.deepEqual(told83(bad, sharded()), [`loopbackCidrBlock: got "${bad}". ${allowed}`]);
    }
  });

  it("is of no use to a cache of one node", () => {
    const line =
      "loopbackCidrBlock: got a network without replicas or shards. Without replicas or shards nothing is there: give some, or leave loopbackCidrBlock out.";
    assert.deepEqual(told83("127.83.0.0/24", {}), [line]);
    assert.deepEqual(told83("127.83.0.0/24", { shards: 1 }), [line]);
    assert.deepEqual(told83("127.83.0.0/24", sharded(3, 0)), []);
  });

  it("has six addresses for each shard, whatever replicas, beside its own", () => {
    const refused = (room: number, block: string, shards: number): string =>
      `loopbackCidrBlock: got "${block}" with ${shards} shards. It has room for ${room} shards, which have 6 addresses each, whatever ` +
      'replicas: give a larger network, such as "127.83.0.0/22", which has room for 100.';
    assert.deepEqual(told83("127.83.0.0/28", sharded(3, 0)), [refused(2, "127.83.0.0/28", 3)]);
    assert.deepEqual(told83("127.83.0.0/27", sharded(4, 0)), []);
    const wide = threeZones.map((subnet, index) => ({ ...subnet, cidrBlock: `10.0.${2 * index + 64}.0/23` }));
    const of = (shards: number): object => ({ ...sharded(shards, 5), subnets: wide });
    assert.deepEqual(told83("127.83.0.0/24", of(42)), []);
    assert.deepEqual(told83("127.83.0.0/24", of(43)), [refused(42, "127.83.0.0/24", 43)]);
    assert.deepEqual(told83("127.83.0.0/22", of(100)), []);
  });
});

describe("the name of a node", () => {
  it("has a number, and of shards two", () => {
    const longest = "a".repeat(30);
    for (const sound of [
      "sessions-0",
      "sessions-12",
      "sessions-0-0",
      "sessions-99-5",
      `${longest}-99-5`,
      `${longest}-5`,
    ])
      assert.match(sound, numberedName);
    for (const bad of [
      "sessions",
      "sessions-",
      "-0-0",
      `${longest}-99-55`,
      `a${longest}-99-5`,
      "sessions-0-0 ",
      "sessions-0-0\n",
    ])
      assert.doesNotMatch(bad, numberedName);
  });
});
