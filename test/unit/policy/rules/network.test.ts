import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../../src/policy/awsTypes.js";
import { notKnown, type StackResource } from "../../../../src/policy/resource.js";
import { resource } from "../stack.js";
import { judged, madeBy } from "../verdicts.js";

const world = "0.0.0.0/0";
const range = (fromPort: number, toPort: number, protocol = "tcp", cidrBlocks: unknown = [world]) => ({
  protocol,
  fromPort,
  toPort,
  cidrBlocks,
});
/** What one rule lets in, in each type that may hold it. */
function openings(rule: ReturnType<typeof range>): StackResource[] {
  const { protocol, cidrBlocks, ...ports } = rule;
  const cidrIpv4 = Array.isArray(cidrBlocks) ? (cidrBlocks[0] as unknown) : cidrBlocks;
  return [
    resource(aws.securityGroup, { ingress: [rule] }),
    resource(aws.defaultSecurityGroup, { ingress: [rule] }),
    resource(aws.securityGroupRule, { type: "ingress", ...rule }),
    resource(aws.securityGroupIngressRule, { ipProtocol: protocol, cidrIpv4, ...ports }),
  ];
}

const common = [20, 21, 3306, 3309, 3389, 4333];
const byRule: Readonly<Record<string, readonly number[]>> = {
  "redis-port-not-public": [6379],
  "security-group-restricted-ssh": [22],
  "security-group-restricted-common-ports": common,
};
const others = "security-group-authorized-ports-only";

describe("rules about ports that are open to the world", () => {
  for (const [rule, ports] of Object.entries(byRule)) {
    it(`${rule} names ${ports.join(", ")} and no others, wherever it stands`, () => {
      for (const port of [...ports, 1, 19, 23, 80, 443, 3305, 4334, 6378, 6380, 65_535]) {
        const expected = ports.includes(port) ? `wrong: opens port ${port} to ${world}` : "compliant";
        for (const one of openings(range(port, port))) assert.equal(judged(rule, one), expected);
        for (const one of openings(range(port, port, "udp"))) assert.equal(judged(rule, one), "compliant");
      }
      for (const one of openings(range(1, 65_535))) {
        assert.equal(judged(rule, one), `wrong: opens ports 1 to 65535 to ${world}`);
      }
    });

    it(`${rule} cannot tell who may reach them where that is to come`, () => {
      const [port = 0] = ports;
      for (const one of openings(range(port, port, "tcp", notKnown))) {
        assert.equal(judged(rule, one), "open: the networks that it lets in are not known yet");
      }
      for (const one of openings(range(port, port, "tcp", ["10.0.0.0/8"]))) {
        assert.equal(judged(rule, one), "compliant");
      }
    });
  }

  it(`${others} names all but 443 and those that have a rule of their own`, () => {
    for (const port of [443, 22, 6379, ...common]) {
      for (const one of openings(range(port, port))) assert.equal(judged(others, one), "compliant");
      for (const one of openings(range(port, port, "udp"))) {
        assert.equal(judged(others, one), `wrong: opens port ${port} to ${world}`);
      }
    }
    for (const port of [0, 80, 442, 444, 8080, 65_535]) {
      for (const one of openings(range(port, port))) {
        assert.equal(judged(others, one), `wrong: opens port ${port} to ${world}`);
      }
    }
  });

  it(`${others} takes a range only where each of its ports has a rule`, () => {
    for (const one of openings(range(20, 22))) assert.equal(judged(others, one), "compliant");
    for (const [from, to] of [
      [20, 23],
      [19, 22],
      [442, 443],
      [443, 444],
    ] as const) {
      for (const one of openings(range(from, to))) {
        assert.equal(judged(others, one), `wrong: opens ports ${from} to ${to} to ${world}`);
      }
    }
  });
});

describe("no-unrestricted-route-to-internet-gateway", () => {
  const rule = "no-unrestricted-route-to-internet-gateway";
  const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"];
  const routes = (props: Record<string, unknown>): StackResource[] => [
    resource(aws.route, props),
    resource(aws.routeTable, { routes: [{ gatewayId: "local" }, props] }),
  ];

  for (const path of destinations) {
    it(`looks at ${path} of a route and of a route table`, () => {
      for (const [gatewayId, destination, expected] of [
        ["igw-1", world, `wrong: sends ${world} to an internet gateway`],
        ["igw-1", "::/0", "wrong: sends ::/0 to an internet gateway"],
        ["igw-1", "198.51.100.0/24", "compliant"],
        ["igw-1", notKnown, `open: ${path} is not known yet`],
        [notKnown, world, "open: gatewayId is not known yet"],
        [notKnown, "198.51.100.0/24", "compliant"],
        ["vgw-1", world, "compliant"],
        ["xvgw-1", world, `wrong: sends ${world} to an internet gateway`],
        ["local", world, "compliant"],
        [undefined, world, "compliant"],
        [5, world, `wrong: sends ${world} to an internet gateway`],
      ] as const) {
        for (const one of routes({ gatewayId, [path]: destination })) assert.equal(judged(rule, one), expected);
      }
    });
  }

  it("has nothing against a route without a destination, or a table without routes", () => {
    for (const one of routes({ gatewayId: "igw-1" })) assert.equal(judged(rule, one), "compliant");
    assert.equal(judged(rule, resource(aws.routeTable, {})), "compliant");
    assert.equal(judged(rule, resource(aws.routeTable, { routes: notKnown })), "open: routes is not known yet");
  });

  it("lets HipaaNetwork have its own, and no other component", () => {
    const props = { gatewayId: "igw-1", destinationCidrBlock: world };
    assert.equal(judged(rule, madeBy("HipaaNetwork", aws.route, props)), "compliant");
    assert.match(judged(rule, madeBy("HipaaRedisCache", aws.route, props)), /^wrong/);
  });
});

describe("what adds up to the internet", () => {
  const group = resource(aws.securityGroup, { id: "web-id" }, { name: "web" });
  const rule = "security-group-open-in-parts";
  const wrong = "wrong: opens, with other rules of its group, a port to networks that add up to the internet";
  const opening = (props: Record<string, unknown>, name: string, from?: StackResource): StackResource => {
    const ports = { ipProtocol: "tcp", fromPort: 6379, toPort: 6379, securityGroupId: "web-id" };
    const madeFrom: StackResource["madeFrom"] = from === undefined ? {} : { securityGroupId: [from] };
    return resource(aws.securityGroupIngressRule, { ...ports, ...props }, { name, madeFrom });
  };
  const first = (props: Record<string, unknown> = {}): StackResource =>
    opening({ cidrIpv4: "44.0.0.0/8", ...props }, "first");
  const second = (props: Record<string, unknown> = {}, from?: StackResource): StackResource =>
    opening({ cidrIpv4: "45.0.0.0/8", ...props }, "second", from);
  const both = (...stack: StackResource[]): string[] => stack.slice(0, 2).map((one) => judged(rule, one, stack));

  it("does at a port that ranges have in common, and nowhere else", () => {
    const upTo = (port: number): StackResource => first({ fromPort: 6000, toPort: port });
    assert.deepEqual(both(upTo(6379), second({ toPort: 7000 })), [wrong, wrong]);
    assert.deepEqual(both(upTo(6378), second({ toPort: 7000 })), ["compliant", "compliant"]);
    // HTTPS is authorised, and the ports after it are not.
    const from443 = { fromPort: 443, toPort: 444 };
    assert.deepEqual(both(first(from443), second(from443)), [wrong, wrong]);
    const https = { fromPort: 443, toPort: 443 };
    assert.deepEqual(both(first(https), second(https)), ["compliant", "compliant"]);
  });

  it("does whichever way the group is named, and in no other group", () => {
    const byOutput = second({ securityGroupId: undefined }, group);
    assert.deepEqual(both(first(), byOutput, group), [wrong, wrong]);
    assert.deepEqual(both(first({ securityGroupId: "another-id" }), byOutput, group), ["compliant", "compliant"]);
  });

  it("does by a rule in the group and one beside it", () => {
    const holding = (cidr: string): StackResource => {
      const ingress = [{ protocol: "tcp", fromPort: 6379, toPort: 6379, cidrBlocks: [cidr] }];
      return { ...group, props: { ...group.props, ingress } };
    };
    assert.deepEqual(both(first(), holding("45.0.0.0/8")), [wrong, wrong]);
    assert.deepEqual(both(first(), holding("44.0.0.0/9")), ["compliant", "compliant"]);
  });

  it("does by routes of one table to an internet gateway, and not by those of two, or to another gateway", () => {
    const route = (props: Record<string, unknown>): StackResource =>
      resource(aws.route, {
        routeTableId: "table-id",
        destinationCidrBlock: "44.0.0.0/8",
        gatewayId: "igw-1",
        ...props,
      });
    const routes = [{ cidrBlock: "45.0.0.0/8", gatewayId: "igw-1" }];
    const table = resource(aws.routeTable, { id: "table-id", routes }, { name: "table" });
    const sent = (one: StackResource): string => judged("no-unrestricted-route-to-internet-gateway", one, [one, table]);
    assert.equal(
      sent(route({})),
      "wrong: sends, with other routes of its table, networks that add up to the internet to an internet gateway",
    );
    assert.equal(sent(route({ gatewayId: notKnown })), "open: gatewayId is not known yet");
    for (const other of [{ routeTableId: "another-id" }, { gatewayId: "vgw-1" }]) {
      assert.equal(sent(route(other)), "compliant");
    }
  });
});
