import assert from "node:assert/strict";
import {
  namedCidrs,
  networkCidrProblems,
  overlapProblems,
  peerCidrProblems,
} from "../../../src/arguments/cidrProblems.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { sampleConnection } from "../../support/sample.js";
import { lines, problemsWith } from "./lines.js";

const noNetwork = 'Give an IPv4 network in CIDR notation, such as "10.0.100.0/28".';
const hostBits = 'It has bits set beyond its prefix: write "10.9.0.0/16".';

describe("the network of a VPC or subnet", () => {
  for (const sound of ["10.0.0.0/16", "10.0.0.0/17", "10.0.0.0/27", "10.0.0.0/28", "8.8.0.0/16"]) {
    it(`may be ${sound}`, () => {
      assert.deepEqual(networkCidrProblems("path", sound), []);
    });
  }

  for (const [bad, allowed] of [
    ["10.0.0.0/15", "It is too large: AWS takes /16 to /28."],
    ["0.0.0.0/0", "It is too large: AWS takes /16 to /28."],
    ["10.0.0.0/29", "It is too small: AWS takes /16 to /28."],
    ["10.0.0.0/32", "It is too small: AWS takes /16 to /28."],
    ["10.9.0.1/16", hostBits],
    ["10.0.0.0", noNetwork],
    [undefined, noNetwork],
  ] as const) {
    it(`may not be ${bad ?? "nothing"}`, () => {
      const got = bad === undefined ? "nothing" : `"${bad}"`;
      assert.deepEqual(lines(networkCidrProblems("subnets[0].cidrBlock", bad)), [
        `subnets[0].cidrBlock: got ${got}. ${allowed}`,
      ]);
    });
  }
});

describe("networks where no host is", () => {
  const rows = [
    ["0.0.0.0", 8, '"this network" (RFC 791, section 3.2)'],
    ["127.0.0.0", 8, "the loopback, each host's own (RFC 1122, section 3.2.1.3)"],
    ["169.254.0.0", 16, "link-local, which no router forwards (RFC 3927)"],
    ["224.0.0.0", 4, "multicast (RFC 5771)"],
    ["240.0.0.0", 4, "reserved, with the broadcast address (RFC 1112, section 4)"],
  ] as const;
  const change = (list: string, cidr: string): object =>
    list === "subnets"
      ? { subnets: [{ availabilityZone: "us-east-1a", cidrBlock: cidr, natGatewayId: "nat-1" }] }
      : { [list]: list === "vpcCidrBlock" ? cidr : [cidr] };
  const place = (list: string): string =>
    list === "subnets" ? "subnets[0].cidrBlock" : list === "vpcCidrBlock" ? list : `${list}[0]`;
  const lists = [
    "vpcCidrBlock",
    "vpcSecondaryCidrBlocks",
    "subnets",
    "appCidrBlocks",
    "bastionCidrBlocks",
    "httpsEgressCidrBlocks",
  ];

  for (const [address, prefix, what] of rows) {
    it(`are none of any argument's: ${address}/${prefix}, and parts of it`, () => {
      for (const list of lists) {
        for (const cidr of [`${address}/${prefix}`, `${address}/${prefix + 4}`, `${address}/24`, `${address}/32`]) {
          assert.deepEqual(lines(problemsWith(change(list, cidr))), [
            `${place(list)}: got "${cidr}". It is ${what}: no host there can call or be called through a VPC. Give a network that has hosts.`,
          ]);
        }
      }
    });
  }

  it("are told with all that they are, and are not their neighbours nor what holds them", () => {
    assert.match(
      lines(problemsWith(change("httpsEgressCidrBlocks", "224.0.0.0/3")))[0] ?? "",
      / multicast .* and reserved/,
    );
    for (const cidr of [
      "1.0.0.0/8",
      "126.0.0.0/8",
      "128.0.0.0/8",
      "169.0.0.0/8",
      "169.253.0.0/16",
      "169.255.0.0/16",
      "223.0.0.0/8",
    ])
      for (const list of ["appCidrBlocks", "bastionCidrBlocks", "httpsEgressCidrBlocks"])
        assert.deepEqual(lines(problemsWith(change(list, cidr))), [], cidr);
  });

  it("are none that a client's host calls either", () => {
    const told = (cidr: string): string[] =>
      clientProblems("web", { connection: sampleConnection, appUser: "web", httpsEgressCidrBlocks: [cidr] }).map(
        ({ path }) => path,
      );
    for (const [address, prefix] of rows) assert.deepEqual(told(`${address}/${prefix}`), ["httpsEgressCidrBlocks[0]"]);
    for (const sound of ["0.0.0.0/0", "10.0.0.0/8"]) assert.deepEqual(told(sound), []);
  });
});

describe("networks whose hosts may connect to the cache", () => {
  it("are /8 to /32, anywhere", () => {
    for (const sound of ["10.0.0.0/8", "8.8.8.8/32", "172.16.0.0/12"])
      assert.deepEqual(peerCidrProblems("appCidrBlocks[0]", sound), []);
  });

  const world = "The whole world may not reach a cache that holds PHI: name the networks of your own hosts.";
  const tooLarge = "It is too large: give networks of /8 or smaller.";
  for (const [bad, allowed] of [
    ["0.0.0.0/0", world],
    ["::/0", world],
    ["8.0.0.0/7", tooLarge],
    ["10.0.0.0/7", tooLarge],
    ["0.0.0.0/1", tooLarge],
    ["10.9.0.1/16", hostBits],
    ["fd00::/8", noNetwork],
    [5, noNetwork],
  ] as const) {
    it(`are not ${bad}, which is told at its place`, () => {
      const problems = problemsWith({ appCidrBlocks: ["10.0.16.0/20", bad] });
      assert.deepEqual(lines(problems), [`appCidrBlocks[1]: got ${JSON.stringify(bad)}. ${allowed}`]);
    });
  }
});

describe("networks that may be connected to", () => {
  it("may be left out, or be the whole internet", () => {
    for (const sound of [undefined, ["0.0.0.0/0"], ["8.0.0.0/7"], ["10.9.0.0/16", "10.10.0.0/16"]]) {
      assert.deepEqual(problemsWith({ httpsEgressCidrBlocks: sound }), []);
    }
  });

  it("are a list with at least one", () => {
    for (const bad of ["10.0.0.0/16", null, 5]) {
      assert.deepEqual(lines(problemsWith({ httpsEgressCidrBlocks: bad })), [
        `httpsEgressCidrBlocks: got ${JSON.stringify(bad)}. Give a list of plain values.`,
      ]);
    }
    assert.deepEqual(lines(problemsWith({ httpsEgressCidrBlocks: [] })), [
      "httpsEgressCidrBlocks: got an empty list. Give at least one.",
    ]);
  });

  it("are checked for overlaps only where each is a network", () => {
    const list = ["10.9.0.0/16", "10.9.0.1/16", "10.9.0.0/16", "x"];
    assert.deepEqual(lines(problemsWith({ httpsEgressCidrBlocks: list })), [
      `httpsEgressCidrBlocks[1]: got "10.9.0.1/16". ${hostBits}`,
      `httpsEgressCidrBlocks[3]: got "x". ${noNetwork}`,
    ]);
  });

  it("share no address: each later one is told with every one before it", () => {
    const list = ["10.9.0.0/24", "10.9.1.0/24", "10.9.0.0/16"];
    const expected = (path: string): string[] => [
      `${path}[2]: got "10.9.0.0/16". It overlaps ${path}[0] (10.9.0.0/24): give networks that share no address.`,
      `${path}[2]: got "10.9.0.0/16". It overlaps ${path}[1] (10.9.1.0/24): give networks that share no address.`,
    ];
    const path = "httpsEgressCidrBlocks";
    assert.deepEqual(lines(problemsWith({ [path]: list })), expected(path));
    assert.deepEqual(lines(overlapProblems(namedCidrs("list", list))), expected("list"));
  });
});
