import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { evidenceNetworkMap } from "../../../src/evidence/networkMap.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { replicated, sampleEvidence, sharded } from "../../support/sample.js";

const map = (change: Partial<CacheArguments> = {}): string => evidenceNetworkMap(assess(sampleEvidence(change)));

interface Rect {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rects(svg: string): Rect[] {
  const one = /<rect class="(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="\d+"\/>/g;
  return [...svg.matchAll(one)].map(([, kind = "", ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { kind, x, y, width, height };
  });
}

/** Frames and boxes with what is written in them, from left to right and from above. */
function drawn(svg: string): [kind: string, ...lines: string[]][] {
  return svg
    .split("<rect ")
    .slice(1)
    .map((part) => {
      const lines = [...part.matchAll(/<text class="(?:title|small)" x="[\d.]+" y="[\d.]+">(.*?)<\/text>/g)];
      return [/class="(\w+)"/.exec(part)?.[1] ?? "", ...lines.map(([, text = ""]) => text.replaceAll("&#39;", "'"))];
    });
}

const arrows = (svg: string): number[][] =>
  [...svg.matchAll(/<path class="flow" d="M([\d.]+) ([\d.]+) L([\d.]+) ([\d.]+)"/g)].map((match) =>
    match.slice(1).map(Number),
  );

const labels = (svg: string): string[] =>
  [...svg.matchAll(/<text class="port" x="[\d.]+" y="[\d.]+" text-anchor="middle">(.*?)<\/text>/g)].map(
    ([, text = ""]) => text,
  );

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text class="(\w+)" x="([\d.]+)" y="([\d.]+)"/g)].map((match) => match.slice(1).join(" "));

const caches: Readonly<Record<string, Partial<CacheArguments>>> = {
  "the quickstart's": {},
  "one with resolvers and time servers of its own": {
    dnsServers: ["172.16.0.10", "10.0.64.10", "10.0.0.2"],
    timeServers: ["10.0.64.10", "169.254.169.123"],
  },
  "one without operators": { operators: [], bastionCidrBlocks: [] },
  "one with many networks": {
    appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20", "10.0.64.0/20"],
    appSecurityGroupIds: { web: "sg-1" },
    httpsEgressCidrBlocks: ["10.0.200.0/24", "10.0.201.0/24", "10.0.202.0/24", "10.0.203.0/24", "10.0.204.0/24"],
  },
};

describe("the network map", () => {
  it("shows VPC, subnets, callers, nodes and what they call, with the networks of each", () => {
    const subnets = [
      { availabilityZone: "us-east-1a", cidrBlock: "10.0.0.96/28" },
      { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28" },
    ];
    const svg = map({ subnets, appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" }, tunnel: "stunnel" });
    assert.deepEqual(drawn(svg), [
      ["vpc", "VPC vpc-0123456789abcdef0 10.0.0.0/16"],
      ["subnet", "Cache subnets", "sessions-0 10.0.0.96/28", "sessions-1 10.0.0.112/28"],
      ["box", "Application hosts", "10.0.16.0/20", "only web (sg-1)", "only jobs (sg-2)"],
      ["box", "Bastion hosts", "10.0.0.0/28"],
      ["box", "Node sessions-0", "10.0.0.100", "stunnel :6379, TLS 1.3, mutual", "Redis 8.0, on a Unix socket"],
      ["box", "Secrets Manager, Debian mirrors", "0.0.0.0/0"],
      [
        "box",
        "Amazon's own services",
        "instance metadata: TCP 80",
        "Amazon's resolver: TCP and UDP 53",
        "Amazon Time Sync: UDP 123",
        "the subnet's router: UDP 67",
        "judged by the node's own firewall alone",
      ],
    ]);
    assert.deepEqual(labels(svg), ["TCP 6379", "TCP 22", "TCP 443"]);
  });

  it("shows the groups of clients, by their ids", () => {
    const svg = map({ clients: ["web", "worker"], clientSecurityGroups: true });
    assert.deepEqual(drawn(svg)[2], [
      "box",
      "Application hosts",
      "10.0.16.0/20",
      "only web (sg-0c3)",
      "only worker (sg-0c6)",
    ]);
  });

  it("is told in words to who can't see it, with all else shut", () => {
    const svg = map();
    assert.match(
      svg,
      /^<svg class="network-map" xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 1200 422" role="img" aria-label="([^"]*)">\n<style>/,
    );
    assert.equal(
      /aria-label="([^"]*)"/.exec(svg)?.[1]?.replaceAll("&#39;", "'"),
      "Network map. Application hosts reach Redis through the tunnel, TCP 6379. Operators sign in from the bastion hosts, TCP 22. " +
        "Root on the node gets the credentials of its role, TCP 80. The node finds Secrets Manager and Debian's mirrors by name, TCP and UDP 53. " +
        "The node's clock judges certificates, UDP 123. The node keeps its address, UDP 67. " +
        "The node fetches its secret and Debian packages, TCP 443. Everything else is blocked.",
    );
    assert.match(
      svg,
      /<text class="small" x="600" y="410" text-anchor="middle">The network ACL, the security group and the node's own firewall block everything else\.<\/text>\n<\/svg>$/,
    );
  });

  it("is laid out in three columns, the quickstart's like this", () => {
    const svg = map();
    const place = ({ kind, x, y, width, height }: Rect): [string, number[]] => [kind, [x, y, width, height]];
    assert.deepEqual(rects(svg).map(place), [
      ["vpc", [10, 10, 769, 362]],
      ["subnet", [435, 44, 330, 312]],
      ["box", [30, 138, 290, 60]],
      ["box", [30, 232, 290, 60]],
      // As tall as all rows.
      ["box", [455, 98, 290, 234]],
      ["box", [890, 98, 290, 60]],
      ["box", [890, 192, 290, 140]],
    ]);
    // From box to box, level.
    assert.deepEqual(arrows(svg), [
      [320, 168, 451, 168],
      [320, 262, 451, 262],
      [745, 128, 886, 128],
      [745, 262, 886, 262],
    ]);
    // Lines of text below each other, from each box's upper left; labels above the middle of their arrows.
    assert.deepEqual(texts(svg), [
      "title 24 32",
      "title 449 66",
      "small 449 86",
      "title 44 163",
      "small 44 183",
      "title 44 257",
      "small 44 277",
      "title 469 123",
      "small 469 143",
      "small 469 163",
      "small 469 183",
      "title 904 123",
      "small 904 143",
      "title 904 217",
      "small 904 237",
      "small 904 257",
      "small 904 277",
      "small 904 297",
      "small 904 317",
      "port 372 158",
      "port 372 252",
      "port 828 118",
      "small 600 410",
    ]);
  });

  for (const [which, change] of Object.entries(caches)) {
    it(`of ${which} cache has everything in its place: no box on another, each in the picture`, () => {
      const svg = map(change);
      const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
      const all = rects(svg);
      const boxes = all.filter(({ kind }) => kind === "box");
      const subnet = all.find(({ kind }) => kind === "subnet");
      const overlap = (a: Rect, b: Rect): boolean =>
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
      for (const [index, box] of boxes.entries()) {
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height - 50);
        assert.ok(boxes.slice(index + 1).every((other) => !overlap(box, other)));
        // Only the node is in the cache's subnets.
        assert.equal(subnet !== undefined && overlap(box, subnet), box.x === 455);
      }
      assert.equal(arrows(svg).length, boxes.length - 1);
      for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of arrows(svg)) {
        assert.ok(boxes.some((box) => box.x + box.width === x1 && box.y < y1 && y1 < box.y + box.height));
        assert.ok(boxes.some((box) => box.x - 4 === x2 && box.y < y2 && y2 < box.y + box.height));
      }
    });
  }

  it("names the server that the nodes run, of one node, of each and of shards", () => {
    for (const change of [{}, replicated(), sharded()]) {
      assert.match(map({ ...change, engine: "valkey" }), />Valkey 8\.1\b/);
      assert.doesNotMatch(map({ ...change, engine: "valkey" }), />Redis\b/);
      assert.match(map({ ...change, operatingSystem: "debian-12" }), />Redis 7\.0\b/);
    }
  });

  for (const replicas of [2, 5]) {
    it(`of a cache with ${replicas} replicas has each node, an arrow to all of them for who calls them, and one line among them`, () => {
      const svg = map(replicated(replicas));
      const boxes = drawn(svg).filter(([kind]) => kind === "box");
      const nodes = boxes.filter(([, title = ""]) => title.startsWith("Node "));
      assert.equal(nodes.length, replicas + 1);
      assert.deepEqual(nodes[1], [
        "box",
        "Node sessions-1",
        "10.0.0.116, us-east-1b",
        "haproxy :6379, TLS 1.3, mutual",
        "Redis 8.0, Sentinel: 127.82.0.2",
      ]);
      // Of six nodes five have a Sentinel.
      if (replicas === 5) assert.equal(nodes[5]?.at(-1), "Redis 8.0: 127.82.0.6");
      assert.deepEqual(
        boxes.map(([, title = ""]) => title).filter((title) => !title.startsWith("Node ")),
        ["Application hosts", "Bastion hosts", "Secrets Manager, Debian mirrors", "Amazon's own services"],
      );
      assert.deepEqual(labels(svg), ["TCP 6379", "TCP 26379", "TCP 22", "TCP 443"]);
      assert.match(svg, /transform="rotate\(90 [\d. ]+\)">each other: TCP 6380, TCP 26379</);
      assert.match(svg, /Replicas copy the primary through the tunnel, and Sentinels watch each Redis, TCP 6380\. /);
    });

    it(`of a cache with ${replicas} replicas has everything in its place, and the nodes alone in the cache's subnets`, () => {
      const all = rects(map(replicated(replicas)));
      const boxes = all.filter(({ kind }) => kind === "box");
      const subnet = all.find(({ kind }) => kind === "subnet") ?? assert.fail();
      const within = (box: Rect): boolean =>
        box.x > subnet.x &&
        box.x + box.width < subnet.x + subnet.width &&
        box.y > subnet.y &&
        box.y + box.height < subnet.y + subnet.height;
      assert.equal(boxes.filter(within).length, replicas + 1);
      for (const [index, box] of boxes.entries())
        for (const other of boxes.slice(index + 1))
          assert.ok(box.x + box.width <= other.x || box.y + box.height <= other.y || other.y + other.height <= box.y);
      const lines = arrows(map(replicated(replicas)));
      // Two callers, two that are called, the line among the nodes and its way to each of them.
      assert.equal(lines.length, 4 + 1 + replicas + 1);
    });
  }

  it("shows resolvers, time servers and routers where they are not Amazon's, each with an arrow of its own", () => {
    const svg = map({
      vpcSecondaryCidrBlocks: ["10.1.0.0/16"],
      dnsServers: ["172.16.0.10", "10.0.64.10"],
      timeServers: ["10.1.0.10"],
    });
    const boxes = drawn(svg).filter(([, title = ""]) => /^(VPC|Routers|Resolvers|Time|Amazon)/.test(title));
    assert.deepEqual(boxes, [
      ["vpc", "VPC vpc-0123456789abcdef0 10.0.0.0/16, 10.1.0.0/16"],
      ["box", "Routers on the way", "0.0.0.0/0"],
      ["box", "Resolvers", "172.16.0.10", "10.0.64.10"],
      ["box", "Time servers", "10.1.0.10"],
      [
        "box",
        "Amazon's own services",
        "instance metadata: TCP 80",
        "the subnet's router: UDP 67",
        "judged by the node's own firewall alone",
      ],
    ]);
    assert.deepEqual(labels(svg), ["TCP 6379", "TCP 22", "ICMP 3/4", "TCP and UDP 53", "UDP 123", "TCP 443"]);
  });

  it("draws callers that are outside of the VPC outside of its frame", () => {
    const left = (change: Partial<CacheArguments>): number | undefined =>
      rects(map(change)).find(({ kind }) => kind === "vpc")?.x;
    assert.equal(left({}), 10);
    assert.equal(left({ appCidrBlocks: ["10.0.16.0/20", "172.16.0.0/16"] }), 421);
    assert.equal(left({ bastionCidrBlocks: ["172.16.0.0/28"] }), 421);
    const inSecondary = { bastionCidrBlocks: ["172.16.0.0/28"], vpcSecondaryCidrBlocks: ["172.16.0.0/16"] };
    assert.equal(left(inSecondary), 10);
  });

  it("has a style for each kind of part, in light, in dark and on paper", () => {
    const svg = map();
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(svg) ?? [];
    const kinds = new Set([...svg.matchAll(/ class="([\w-]+)"/g)].map(([, kind = ""]) => kind));
    assert.deepEqual(
      [...kinds].filter((kind) => !style.includes(`.${kind}{`)),
      [],
    );
    for (const colors of ["@media (prefers-color-scheme:dark)", "@media print"])
      assert.ok(style.includes(`${colors}{.network-map{--ink:#`), colors);
  });

  it("is made of one element a line", () => {
    const [open, ...lines] = map()
      .replace(/<style>.*?<\/style>/s, "<style/>")
      .split("\n");
    assert.match(open ?? "", /^<svg [^<>]*>$/);
    assert.equal(lines.pop(), "</svg>");
    const element = /^<(style\/|(rect|path) [^<>]*\/|text [^<>]*>[^<>]+<\/text|defs>.*<\/defs)>$/;
    for (const line of lines) assert.match(line, element);
  });

  it("takes names as text", () => {
    const evidence = sampleEvidence();
    const strange = { ...evidence, deployed: { ...evidence.deployed, vpcId: "<&>" } };
    assert.ok(evidenceNetworkMap(assess(strange)).includes("VPC &lt;&amp;&gt; 10.0.0.0/16"));
  });

  it("points each arrow to the one who is called", () => {
    const svg = map();
    assert.match(
      svg,
      /<defs><marker id="network-map-arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">/,
    );
    assert.equal(svg.match(/marker-end="url\(#network-map-arrow\)"/g)?.length, 4);
  });
});
