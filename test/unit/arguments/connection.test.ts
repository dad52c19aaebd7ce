import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { connectionProblems as check } from "../../../src/arguments/connectionProblems.js";
import type { Problem } from "../../../src/arguments/problems.js";
import { clusterConnection, sampleConnection } from "../../support/sample.js";
import { lines } from "./lines.js";

const connectionProblems = (value: unknown): readonly Problem[] => check("connection", value);
const unchanged = "Give one of a cache's `connections`, unchanged.";
const arn = (name: string): string => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}`;
const a = (count: number): string => "a".repeat(count);
/** What a text of a line, of a program's configuration or of a shell may not get from a stranger. */
const tricks = (sound: string): string[] => [`${sound} x`, `${sound}\nx`, `\n${sound}`, `${sound}$(id)`, ""];

interface Text {
  readonly path: string;
  readonly change: (value: unknown) => object;
  readonly sound: readonly unknown[];
  readonly bad: readonly unknown[];
}

const node = sampleConnection.nodes[0] ?? assert.fail();
const ofNode = (key: string) => (value: unknown) => ({ nodes: [{ ...node, [key]: value }] });
const texts: readonly Text[] = [
  {
    path: "connection.region",
    change: (region) => ({ region }),
    sound: ["us-east-1", "us-gov-west-1", "ap-southeast-12", "ab-c-1"],
    bad: ["us-east", "us-east-1a", "us-east-123", "u-east-1", "us-1", "US-east-1", undefined, 1],
  },
  {
    path: "connection.secretArn",
    change: (secretArn) => ({ secretArn }),
    sound: [arn("a"), arn("A/b_c+d=e.f@g-H"), arn(a(520)), arn("a").replace(":aws:", ":aws-us-gov:")],
    bad: [
      arn(""),
      arn(a(521)),
      arn("a:b"),
      arn("a").replace("000000000000", "00000000000"),
      `x${arn("a")}`,
      arn("a").replace("secretsmanager", "kms"),
      arn("a").replace(":secret:", ":key:"),
      undefined,
      arn("a").replace(":aws:", ":gcp:"),
    ],
  },
  {
    path: "connection.clientSecurityGroupId",
    change: (clientSecurityGroupId) => ({ clientSecurityGroupId }),
    sound: ["sg-0", "sg-0123456789abcdef0", undefined],
    bad: ["sg-", "sg-0g", "xsg-0", 1, null],
  },
  {
    path: "connection.requiresHybridKeyExchange",
    change: (requiresHybridKeyExchange) => ({ requiresHybridKeyExchange }),
    sound: [true, false, undefined],
    bad: ["true", 1, null],
  },
  {
    path: "connection.nodes[0].address",
    change: ofNode("address"),
    sound: ["10.0.0.100", "0.0.0.0", "255.255.255.255"],
    bad: ["10.0.0", "10.0.0.256", "10.0.0.100/32", "10.0.0.1000", "::1", "localhost", 10, undefined],
  },
  {
    path: "connection.nodes[0].port",
    change: ofNode("port"),
    sound: [1, 6379, 65_535],
    bad: [0, -1, 65_536, 1.5, "6379", undefined, null],
  },
  {
    path: "connection.nodes[0].loopbackAddress",
    change: ofNode("loopbackAddress"),
    sound: ["127.82.0.1", "127.255.255.255", "127.0.1.0", undefined],
    bad: ["127.0.1", "126.0.0.1", "127.0.0.256", "10.0.0.1", "127.0.0.01", "::1", 127, null],
  },
  {
    path: "connection.nodes[0].sentinelPort",
    change: ofNode("sentinelPort"),
    sound: [1, 26_379, 65_535, undefined],
    bad: [0, 65_536, "26379", null],
  },
  {
    path: "connection.nodes[0].serverName",
    change: ofNode("serverName"),
    sound: ["a.b", "0.1", `${a(63)}.${a(63)}`, "a--b.c-1.d"],
    bad: ["a", "a.", ".a", "a..b", "-a.b", "a-.b", "a.-b", "a.b-", "A.b", "a_b.c", `${a(64)}.b`, `b.${a(64)}`],
  },
];

describe("the texts of a connection", () => {
  it("are taken as a cache writes them", () => {
    assert.deepEqual(connectionProblems(sampleConnection), []);
  });

  for (const { path, change, sound, bad } of texts) {
    it(`${path} may be ${sound.map((one) => String(one).slice(0, 40)).join(", ")}`, () => {
      for (const value of sound) {
        assert.deepEqual(connectionProblems({ ...sampleConnection, ...change(value) }), [], String(value));
      }
    });

    it(`${path} may be nothing else, in whatever could mean something else in a file`, () => {
      for (const value of [...bad, ...tricks(String(sound[0]))]) {
        const problems = connectionProblems({ ...sampleConnection, ...change(value) });
        assert.deepEqual(
          problems.map((problem) => [problem.path, problem.allowed]),
          [[path, unchanged]],
          String(value),
        );
      }
    });
  }

  it("name cache and client as a cache does", () => {
    const [cache, client, ...more] = connectionProblems({
      ...sampleConnection,
      cache: "A",
      client: "default",
    });
    assert.deepEqual([cache?.path, client?.path, more], ["connection.cache", "connection.client", []]);
    assert.match(cache?.allowed ?? "", /DNS label/);
    assert.match(client?.allowed ?? "", /Redis's own user/);
    for (const change of [{ cache: "web\nroot" }, { client: "web\nroot" }]) {
      assert.equal(connectionProblems({ ...sampleConnection, ...change }).length, 1);
    }
  });

  it("are one, of those of a cache", () => {
    const several = { jobs: sampleConnection, web: output(sampleConnection) };
    for (const given of [several, { connections: several, nodes: [] }]) {
      assert.deepEqual(lines(connectionProblems(given)), [
        "connection: got several connections. Give one of them, such as connections.jobs.",
      ]);
    }
    assert.deepEqual(lines(connectionProblems(several.jobs)), []);
  });

  it("are checked for each node, and the error says what was got", () => {
    const nodes = [node, { ...node, port: 0 }, { ...node, serverName: undefined }, 5];
    assert.deepEqual(lines(connectionProblems({ ...sampleConnection, nodes })), [
      `connection.nodes[1].port: got 0. ${unchanged}`,
      `connection.nodes[2].serverName: got nothing. ${unchanged}`,
      `connection.nodes[3]: got 5. ${unchanged}`,
    ]);
  });

  it("are those of one node, or of three to six with their addresses on the loopback, three of them with a Sentinel", () => {
    const told = (nodes: readonly object[]): string[] => lines(connectionProblems({ ...sampleConnection, nodes }));
    const six = [0, 1, 2, 3, 4, 5].map((index) => ({
      ...node,
      name: `sessions-${index}`,
      address: `10.0.0.${100 + index}`,
      loopbackAddress: `127.82.0.${1 + index}`,
      ...(index < 3 ? { sentinelPort: 26379 } : {}),
    }));
    for (const count of [3, 4, 5, 6]) assert.deepEqual(told(six.slice(0, count)), [], String(count));
    assert.deepEqual(told([]), ["connection.nodes: got an empty list. Give at least one."]);
    for (const nodes of [six.slice(0, 2), [...six, { ...node, name: "sessions-6" }]]) {
      assert.deepEqual(told(nodes), [`connection.nodes: got ${nodes.length} nodes. ${unchanged}`]);
    }
    const changed = (change: object): string[] =>
      told(six.map((one, index) => (index === 2 ? { ...one, ...change } : one)));
    assert.deepEqual(changed({ loopbackAddress: undefined }), [
      `connection.nodes[2].loopbackAddress: got nothing. ${unchanged}`,
    ]);
    assert.deepEqual(changed({ sentinelPort: undefined }), [
      `connection.nodes: got 2 of 6 nodes with a Sentinel. ${unchanged}`,
    ]);
    for (const key of ["name", "address", "loopbackAddress"] as const) {
      const value = six[1]?.[key];
      assert.deepEqual(changed({ [key]: value }), [
        `connection.nodes[2].${key}: got "${value}". It is already at connection.nodes[1].${key}: give each only once.`,
      ]);
    }
  });

  it("are those of shards' networks and no node's, where the cache has shards", () => {
    const { cluster, ...sound } = clusterConnection();
    const told = (change: object): string[] =>
      lines(connectionProblems({ ...sound, cluster: { ...cluster, ...change } }));
    assert.deepEqual(told({}), []);
    for (const cidrBlocks of [["10.0.0.0/8"], ["0.0.0.0/0"], ["10.0.0.97/28"], ["10.0.0.96"], ["10.0.0.96/28 x"], [1]])
      assert.deepEqual(told({ cidrBlocks }), [
        `connection.cluster.cidrBlocks[0]: got ${JSON.stringify(cidrBlocks[0])}. ${unchanged}`,
      ]);
    assert.deepEqual(told({ cidrBlocks: [] }), [
      "connection.cluster.cidrBlocks: got an empty list. Give at least one.",
    ]);
    for (const loopbackCidrBlock of ["127.0.0.0/16", "10.0.0.0/24", "127.82.0.0/8", "127.82.0.1/24", "127.82.0.0/22\n"])
      assert.equal(told({ loopbackCidrBlock }).length, 1, loopbackCidrBlock);
    assert.deepEqual(told({ port: 0 }), [`connection.cluster.port: got 0. ${unchanged}`]);
    assert.equal(lines(connectionProblems({ ...sound, cluster: "x" })).length, 1);
    assert.deepEqual(lines(connectionProblems({ ...sound, cluster, nodes: [node] })).length, 1);
    assert.deepEqual(lines(connectionProblems(sound)), ["connection.nodes: got an empty list. Give at least one."]);
  });

  it("are checked only where the connection is of this schema version; other fields are ignored", () => {
    assert.deepEqual(connectionProblems({ ...sampleConnection, more: "x" }), []);
    assert.deepEqual(lines(connectionProblems({ schemaVersion: 2, cache: "A" })), [
      "connection.schemaVersion: got 2. Deploy cache and client with the same version of this library.",
    ]);
  });

  it("are asked for as a whole where there is no connection, and the error says how one can be missing", () => {
    for (const [none, got] of [
      [undefined, "nothing"],
      [null, "null"],
    ] as const) {
      assert.deepEqual(lines(connectionProblems(none)), [
        `connection: got ${got}. Give one of a cache's \`connections\`, such as \`cache.connections.web\`. A name that is not in ` +
          "the cache's `clients` gives nothing.",
      ]);
    }
    for (const none of ["web", []]) {
      assert.deepEqual(
        connectionProblems(none).map(({ path, allowed }) => [path, allowed]),
        [["connection", unchanged]],
      );
    }
    assert.deepEqual(
      connectionProblems({ schemaVersion: 1 }).map(({ path }) => path),
      ["cache", "client", "region", "vpcId", "securityGroupId", "nodes", "secretArn", "kmsKeyArn"].map(
        (name) => `connection.${name}`,
      ),
    );
  });
});
