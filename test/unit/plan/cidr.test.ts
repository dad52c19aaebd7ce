import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressAt,
  cidrFault,
  contains,
  covers,
  isOffInternet,
  isPrivate,
  overlaps,
  prefixLength,
  subnetAt,
} from "../../../src/plan/cidr.js";

const noNetwork = 'Give an IPv4 network in CIDR notation, such as "10.0.100.0/28".';

describe("an IPv4 network", () => {
  for (const sound of ["0.0.0.0/0", "10.0.0.0/8", "10.0.100.16/28", "255.255.255.255/32"]) {
    it(`may be ${sound}`, () => {
      assert.equal(cidrFault(sound), undefined);
    });
  }

  for (const bad of [
    "",
    "10.0.0.0",
    "10.0.0/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.256/32",
    "::/0",
    " 10.0.0.0/8",
    "10.0.0.0/8 ",
    "10.0.0.0/8\n",
    "1010.0.0.0/8",
    "10.0.0.0/008",
    "10.0.0.0.0/8",
    undefined,
    null,
    10,
    ["10.0.0.0/8"],
  ]) {
    it(`is not ${JSON.stringify(bad)}`, () => {
      assert.equal(cidrFault(bad), noNetwork);
    });
  }

  for (const [text, network] of [
    ["10.0.0.97/28", "10.0.0.96/28"],
    ["10.0.0.1/8", "10.0.0.0/8"],
    ["128.0.0.1/0", "0.0.0.0/0"],
  ] as const) {
    it(`is ${network} where ${text} is written`, () => {
      assert.equal(cidrFault(text), `It has bits set beyond its prefix: write "${network}".`);
    });
  }
});

describe("networks", () => {
  for (const [outer, inner, within, shared] of [
    ["10.0.0.0/16", "10.0.0.0/16", true, true],
    ["10.0.0.0/16", "10.0.255.0/24", true, true],
    ["10.0.255.0/24", "10.0.0.0/16", false, true],
    ["10.0.0.0/16", "10.1.0.0/24", false, false],
    ["10.0.0.0/25", "10.0.0.128/25", false, false],
  ] as const) {
    it(`${inner} ${within ? "is" : "is not"} in ${outer}, and ${shared ? "shares" : "shares no"} address`, () => {
      assert.deepEqual([contains(outer, inner), overlaps(outer, inner)], [within, shared]);
      assert.equal(overlaps(inner, outer), shared);
    });
  }

  for (const [cidr, answer] of [
    ["10.0.0.0/8", true],
    ["10.255.255.0/24", true],
    ["11.0.0.0/8", false],
    ["8.0.0.0/6", false],
    ["172.16.0.0/12", true],
    ["172.31.255.0/24", true],
    ["172.32.0.0/16", false],
    ["172.15.0.0/16", false],
    ["192.168.0.0/16", true],
    ["192.169.0.0/16", false],
    ["192.0.0.0/8", false],
    ["0.0.0.0/0", false],
  ] as const) {
    it(`${cidr} ${answer ? "is" : "is not"} private`, () => {
      assert.equal(isPrivate(cidr), answer);
    });
  }

  it("are nowhere on the internet where they are private, or shared within a provider's network", () => {
    for (const cidr of ["10.0.0.10/32", "100.64.0.0/10", "100.127.255.255/32"]) assert.ok(isOffInternet(cidr), cidr);
    for (const cidr of ["100.63.255.255/32", "100.128.0.0/32", "192.0.2.10/32"]) assert.ok(!isOffInternet(cidr), cidr);
  });

  it("have addresses and parts by number", () => {
    assert.equal(prefixLength("10.0.0.0/20"), 20);
    assert.equal(addressAt("10.0.0.96/28", 0), "10.0.0.96");
    assert.equal(addressAt("10.0.0.96/28", 4), "10.0.0.100");
    assert.equal(addressAt("10.0.0.0/16", 256), "10.0.1.0");
    assert.equal(subnetAt("10.0.0.0/16", 20, 0), "10.0.0.0/20");
    assert.equal(subnetAt("10.0.0.0/16", 20, 15), "10.0.240.0/20");
    assert.equal(subnetAt("10.0.0.0/16", 28, 7), "10.0.0.112/28");
  });

  it("are covered by several when each half of them is", () => {
    const small = fc
      .tuple(fc.integer({ min: 24, max: 28 }), fc.nat(15))
      .map(([prefix, index]) => subnetAt("10.0.0.0/24", prefix, index % 2 ** (prefix - 24)));
    const addresses = (cidr: string): string[] =>
      Array.from({ length: 2 ** (32 - prefixLength(cidr)) }, (_, index) => addressAt(cidr, index));
    fc.assert(
      fc.property(fc.array(small, { maxLength: 8 }), small, (networks, cidr) => {
        const held = new Set(networks.flatMap(addresses));
        assert.equal(
          covers(networks, cidr),
          addresses(cidr).every((address) => held.has(address)),
        );
      }),
    );
  });

  const byte = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join("."));
  it("hold an address if and only if the bits of their prefix are the address's", () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (one, other, prefix) => {
        const bits = (text: string): string =>
          text
            .split(".")
            .map((part) => Number(part).toString(2).padStart(8, "0"))
            .join("")
            .slice(0, prefix);
        const network = cidrFault(`${one}/${prefix}`)?.match(/"(.*)"/)?.[1] ?? `${one}/${prefix}`;
        assert.equal(cidrFault(network), undefined);
        assert.equal(contains(network, `${other}/32`), bits(one) === bits(other));
      }),
    );
  });
});
