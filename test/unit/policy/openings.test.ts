import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { addUpToInternet, isInternet } from "../../../src/policy/internet.js";
import { judgeOpenings, tcpAmong, typesThatOpen } from "../../../src/policy/openings.js";
import { notKnown, type StackResource } from "../../../src/policy/resource.js";
import { resource } from "./stack.js";
import { said } from "./verdicts.js";

const world = "0.0.0.0/0";
/** Every rule is told what would be refused if all were. */
const all = (one: StackResource): string => said(judgeOpenings(one, () => true));
const none = (one: StackResource): string => said(judgeOpenings(one, () => false));
/** What one rule lets in, as each type that can write it says so. */
const forms: Record<string, (rule: Record<string, unknown>, more?: object) => StackResource> = {
  securityGroup: (rule) => resource(aws.securityGroup, { ingress: [rule] }),
  defaultSecurityGroup: (rule) => resource(aws.defaultSecurityGroup, { ingress: [rule] }),
  securityGroupRule: (rule) => resource(aws.securityGroupRule, { type: "ingress", ...rule }),
  securityGroupIngressRule: ({ protocol, cidrBlocks, ipv6CidrBlocks, ...rule }) => {
    const one = (list: unknown): unknown => (Array.isArray(list) ? list[0] : list) as unknown;
    const sources = { cidrIpv4: one(cidrBlocks), cidrIpv6: one(ipv6CidrBlocks) };
    return resource(aws.securityGroupIngressRule, { ipProtocol: protocol, ...sources, ...rule });
  },
};

describe("what lets traffic in through a security group", () => {
  it("are four types, the default security group among them", () => {
    const names = ["securityGroup", "defaultSecurityGroup", "securityGroupIngressRule", "securityGroupRule"] as const;
    assert.deepEqual(
      typesThatOpen,
      names.map((name) => aws[name]),
    );
  });

  const tcp = { protocol: "tcp", fromPort: 22, toPort: 22 };
  const rows: [string, Record<string, unknown>, string][] = [
    ["a port to the world", { ...tcp, cidrBlocks: [world] }, "wrong: opens port 22 to 0.0.0.0/0"],
    ["a port to the world in IPv6", { ...tcp, ipv6CidrBlocks: ["::/0"] }, "wrong: opens port 22 to ::/0"],
    [
      "a port to both worlds",
      { ...tcp, cidrBlocks: [world], ipv6CidrBlocks: ["::/0"] },
      "wrong: opens port 22 to 0.0.0.0/0 and ::/0",
    ],
    ["ports to the world", { ...tcp, toPort: 80, cidrBlocks: [world] }, "wrong: opens ports 22 to 80 to 0.0.0.0/0"],
    ["a port to a network", { ...tcp, cidrBlocks: ["10.0.0.0/8"] }, "compliant"],
    ["a port to nobody", tcp, "compliant"],
    [
      "a port to networks to come",
      { ...tcp, cidrBlocks: notKnown },
      "open: the networks that it lets in are not known yet",
    ],
    [
      "a port to a network in IPv6 to come",
      { ...tcp, ipv6CidrBlocks: [notKnown] },
      "open: the networks that it lets in are not known yet",
    ],
    [
      "a port to the world and to networks to come",
      { ...tcp, cidrBlocks: [world], ipv6CidrBlocks: notKnown },
      "wrong: opens port 22 to 0.0.0.0/0",
    ],
    ...["protocol", "fromPort", "toPort"].map((key): [string, Record<string, unknown>, string] => [
      `the world with a ${key} to come`,
      { ...tcp, cidrBlocks: [world], [key]: notKnown },
      "open: its ports are not known yet",
    ]),
    ["a network with ports to come", { ...tcp, cidrBlocks: ["10.0.0.0/8"], toPort: notKnown }, "compliant"],
  ];
  for (const [form, make] of Object.entries(forms)) {
    for (const [what, rule, expected] of rows) {
      it(`${form}: ${what} is "${expected}"`, () => {
        assert.equal(all(make(rule)), expected);
      });
    }

    it(`${form}: is compliant where a rule takes no offence at the ports`, () => {
      assert.equal(none(make({ ...tcp, cidrBlocks: [world] })), "compliant");
      assert.equal(none(make({ ...tcp, cidrBlocks: notKnown })), "compliant");
    });
  }

  it("is each rule of a security group, which may have none, and may be to come", () => {
    const rules = [
      { ...tcp, cidrBlocks: ["10.0.0.0/8"] },
      { ...tcp, cidrBlocks: [world] },
    ];
    assert.equal(all(resource(aws.securityGroup, { ingress: rules })), "wrong: opens port 22 to 0.0.0.0/0");
    assert.equal(all(resource(aws.securityGroup, {})), "compliant");
    assert.equal(all(resource(aws.securityGroup, { egress: rules })), "compliant");
    assert.equal(all(resource(aws.securityGroup, { ingress: notKnown })), "open: ingress is not known yet");
  });

  it("is no rule that lets out", () => {
    const rule = { ...tcp, cidrBlocks: [world] };
    assert.equal(all(resource(aws.securityGroupRule, { type: "egress", ...rule })), "compliant");
    assert.match(all(resource(aws.securityGroupRule, rule)), /^wrong/);
  });
});

describe("the protocol and ports of a rule", () => {
  const asked = (rule: Record<string, unknown>): string => {
    let heard = "nothing";
    judgeOpenings(resource(aws.securityGroup, { ingress: [{ ...rule, cidrBlocks: [world] }] }), (protocol, ports) => {
      heard = `${protocol} ${ports.fromPort}-${ports.toPort}`;
      return false;
    });
    return heard;
  };
  const ports = { fromPort: 20, toPort: 25 };
  for (const [rule, heard] of [
    [{ protocol: "tcp", ...ports }, "tcp 20-25"],
    [{ protocol: "TCP", ...ports }, "tcp 20-25"],
    [{ protocol: "6", ...ports }, "tcp 20-25"],
    [{ protocol: 6, ...ports }, "tcp 20-25"],
    [{ protocol: "udp", ...ports }, "udp 20-25"],
    [{ protocol: "17", ...ports }, "udp 20-25"],
    [{ protocol: "-1", ...ports }, "all 0-65535"],
    [{ protocol: -1 }, "all 0-65535"],
    [{ protocol: "all" }, "all 0-65535"],
    [{ protocol: "icmp", fromPort: -1, toPort: -1 }, "nothing"],
    [{ protocol: "1", ...ports }, "nothing"],
    [{}, "nothing"],
    [{ protocol: "tcp" }, "tcp 0-65535"],
    [{ protocol: "tcp", fromPort: -1, toPort: 25 }, "tcp 0-65535"],
    [{ protocol: "tcp", fromPort: 20, toPort: -1 }, "tcp 0-65535"],
    [{ protocol: "tcp", fromPort: 20 }, "tcp 20-20"],
    [{ protocol: "tcp", toPort: 25 }, "tcp 0-25"],
    [{ protocol: "tcp", fromPort: "20", toPort: "25" }, "tcp 20-25"],
    [{ protocol: "tcp", fromPort: 0, toPort: 0 }, "tcp 0-0"],
  ] as [Record<string, unknown>, string][]) {
    it(`${JSON.stringify(rule)} is ${heard}`, () => {
      assert.equal(asked(rule), heard);
    });
  }

  it("are among some TCP ports where one lies between them, unless it is UDP", () => {
    const among = tcpAmong([22, 80]);
    const range = (fromPort: number, toPort: number) => ({ fromPort, toPort });
    for (const [from, to, answer] of [
      [22, 22, true],
      [20, 22, true],
      [22, 30, true],
      [23, 79, false],
      [80, 80, true],
      [0, 65_535, true],
      [81, 90, false],
    ] as const) {
      assert.equal(among("tcp", range(from, to)), answer);
      assert.equal(among("all", range(from, to)), answer);
      assert.equal(among("udp", range(from, to)), false);
    }
  });
});

describe("the internet", () => {
  const internet = ["0.0.0.0/0", "::/0", "1.2.3.4/0", "fc00::/0"];
  const parts = ["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/7", "2000::/3", "2600::/12"];
  const others = ["10.0.0.0/8", "fc00::/7", "FD00::/8", "2608::/13", "2001:db8::/32"];
  it("is every network that is larger than one of one's own can be", () => {
    for (const cidr of [...internet, ...parts]) assert.equal(isInternet(cidr), true, cidr);
    for (const cidr of others) assert.equal(isInternet(cidr), false, cidr);
    for (const value of [undefined, 0, notKnown, "sg-1"]) assert.equal(isInternet(value), false);
  });

  const all8 = Array.from({ length: 100 }, (_, index) => `${index + 20}.0.0.0/8`);
  for (const [what, networks, together] of [
    ["none", [], false],
    ["one of it", ["10.0.0.0/8", "128.0.0.0/1"], true],
    ["quarters", ["0.0.0.0/2", "64.0.0.0/2"], true],
    ["a hundred /8s", all8, true],
    ["two /8s", ["44.0.0.0/8", "45.0.0.0/8"], true],
    ["one /8, more than once", ["44.0.0.0/8", "44.0.0.0/8", "44.1.0.0/16"], false],
    ["a /8 and one address more", ["44.0.0.0/8", "45.0.0.0/32"], true],
    ["all private networks", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "44.0.0.0/8"], false],
    ["offices", ["198.51.100.0/24", "203.0.113.0/24"], false],
    ["two /13s of IPv6", ["2000::/13", "2008::/13"], true],
    ["a /13 of IPv6, and one's own", ["2000::/13", "fd00::/8", "2000::/16"], false],
    ["no networks", [undefined, notKnown, "sg-1", 5, "300.0.0.0/8"], false],
  ] as const) {
    it(`is ${together ? "" : "not "}${what}, together`, () => {
      assert.equal(addUpToInternet(networks), together);
      assert.equal(addUpToInternet([...networks].reverse()), together);
    });
  }
});
