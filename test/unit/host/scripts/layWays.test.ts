import assert from "node:assert/strict";
import { chmodSync, readdirSync, renameSync, statSync, utimesSync } from "node:fs";
import { admittedField } from "../../../../src/host/admitted.js";
import { clientWays } from "../../../../src/host/clientWays.js";
import type { CloudFile } from "../../../../src/host/cloudConfig.js";
import type { ClusterConnectionFile } from "../../../../src/host/connectionFile.js";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { tunnelProgram } from "../../../../src/host/tunnelProgram.js";
import { clientWaysFiles, nodeWaysFiles } from "../../../../src/host/ways.js";
import { planCluster, type ClusterMember, type ClusterPlan } from "../../../../src/plan/cluster.js";
import { planClient } from "../../../../src/plan/clientPlan.js";
import { membersText } from "../../../../src/plan/members.js";
import { shardPlaces } from "../../../../src/plan/placement.js";
import { tunnelEngines, type Leg, type TunnelEngine } from "../../../../src/plan/tunnel.js";
import { clusterConnection } from "../../../support/sample.js";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const zones = ["a", "b", "c"].map((zone, index) => ({
  availabilityZone: `us-east-1${zone}`,
  cidrBlock: `10.0.${4 * index}.0/22`,
}));

function planned(shards: number, replicas: number, loopbackCidrBlock = "127.82.0.0/22"): ClusterPlan {
  return planCluster("sessions", { shards, replicas, loopbackCidrBlock }, shardPlaces(zones, shards, replicas));
}

/** A block whose addresses go past the end of an octet. */
const most = planned(100, 5, "127.91.252.0/22");
const three = planned(3, 1);
const four = planned(4, 1);

const next = "/run/hipaa-redis/versions/next";

describe("lay-ways", () => {
  let host: ScriptHost;
  beforeEach(() => {
    host = new ScriptHost();
    host.install("lay-ways");
  });
  afterEach(() => {
    host.remove();
  });

  const has = (files: readonly CloudFile[]): void => {
    for (const { path, content } of files.filter(({ permissions }) => permissions === "0644"))
      host.write(path, content);
  };
  const isNode = (cluster: ClusterPlan, name = "sessions-0-0", tunnel: TunnelEngine = "haproxy"): void => {
    has(nodeWaysFiles(tunnel, "sessions", name, cluster));
    host.standInScript("ask-peer", "exit 1");
  };
  const clientFiles = (tunnel: TunnelEngine, openLocalPort: boolean): CloudFile[] => {
    const connection = clusterConnection("127.91.252.0/22");
    const { connectionFile } = clientWays(planClient("web", { appUser: "web" }), connection);
    return clientWaysFiles(tunnel, connection.cluster, connectionFile as ClusterConnectionFile, openLocalPort);
  };
  const isAppHost = (tunnel: TunnelEngine, openLocalPort: boolean): void => {
    has(clientFiles(tunnel, openLocalPort));
  };
  const lay = (members: string): Ended => {
    host.write(`${next}/members`, members);
    host.write(`${next}/password`, "x\n");
    return host.run("lay-ways", [host.path(next)]);
  };
  const laid = (members: string): void => {
    assert.deepEqual(lay(members), { status: 0, stdout: "", stderr: "" });
  };
  const uses = ({ members }: ClusterPlan): void => {
    laid(membersText(members));
    renameSync(host.path(next), host.path(hostPaths.secretFolder));
  };
  const made = (file: string): string => host.read(`${next}/${file}`);
  const inUse = (file: string): string => `${hostPaths.secretFolder}/${file}`;
  const scriptsLines = (members: readonly ClusterMember[]): string =>
    members.map((one) => `${one.shard}-${one.replica} ${one.loopbackAddress} ${one.nodeId}\n`).join("");
  const othersOf = (cluster: ClusterPlan, name = "sessions-0-0"): ClusterMember[] =>
    cluster.members.filter((member) => member.name !== name);
  const waysOfNode = (tunnel: TunnelEngine, others: readonly ClusterMember[]): string => {
    const legs = others.flatMap(({ name, privateIp: address, serverName, loopbackAddress }): Leg[] => [
      { name, listens: [`${loopbackAddress}:6379`], address, port: 6380, serverName },
      { name: `${name}-bus`, listens: [`${loopbackAddress}:16379`], address, port: 16379, serverName },
    ]);
    return legs.map((leg) => tunnelProgram(tunnel).way(leg)).join("\n");
  };
  /** Blank lines say nothing. */
  const dense = (text: string): string => text.replaceAll(/\n+/g, "\n");

  for (const tunnel of tunnelEngines) {
    it(`makes of 600 members what the plan has of each, with ${tunnel}`, () => {
      isNode(most, "sessions-99-5", tunnel);
      laid(membersText(most.members));
      const others = othersOf(most, "sessions-99-5");
      assert.equal(others.length, 599);
      assert.equal(made("cluster-members"), scriptsLines(most.members));
      assert.equal(dense(made("ways/nodes.cfg")), dense(waysOfNode(tunnel, others)));
      assert.equal(made("admitted-peers/nodes.conf"), admittedField(others.map(({ serverName }) => serverName)));
      assert.equal(host.has(`${next}/connection.json`), false);
    });

    for (const openLocalPort of [true, false]) {
      it(`makes an app host's ways and its connection file, with ${tunnel} and ${openLocalPort ? "a" : "no"} port`, () => {
        isAppHost(tunnel, openLocalPort);
        laid(membersText(most.members));
        const ways = most.members.map(({ name, privateIp: address, serverName, loopbackAddress }) => {
          const listens = [
            `/run/hipaa-redis-nodes/${name}.sock`,
            ...(openLocalPort ? [`${loopbackAddress}:6379`] : []),
          ];
          return tunnelProgram(tunnel).way({ name, listens, address, port: 6379, serverName });
        });
        assert.equal(dense(made("ways/nodes.cfg")), dense(ways.join("\n")));
        assert.deepEqual(JSON.parse(made("connection.json")), {
          schemaVersion: 4,
          cache: "sessions",
          client: "web",
          username: "web",
          passwordFile: "/run/hipaa-redis/client/password",
          nodes: most.members.map(({ name, loopbackAddress: address }) => ({
            name,
            address,
            path: `/run/hipaa-redis/client/nodes/${name}.sock`,
            ...(openLocalPort ? { port: 6379 } : {}),
          })),
        });
        assert.equal(host.has(`${next}/cluster-members`), false);
      });
    }
  }

  it("keeps the ways to nodes that have left the list as long as the node's own Redis knows them", () => {
    isNode(four);
    const [kept, gone] = four.members.slice(-2);
    assert.ok(kept && gone);
    const ask = (answer: string): void => {
      host.standInScript("ask-peer", answer);
    };
    uses(four);
    assert.equal(host.read(inUse("leaving")), "");
    for (const answer of [
      "exit 1",
      ":",
      "echo OK",
      `echo ${"a".repeat(40)} x myself,master; echo ${kept.nodeId} y; echo ${gone.nodeId} z`,
    ]) {
      ask(answer);
      laid(membersText(three.members));
      assert.equal(made("leaving"), membersText([kept, gone]), answer);
      assert.equal(dense(made("ways/nodes.cfg")), dense(waysOfNode("haproxy", othersOf(four))));
      assert.equal(
        made("admitted-peers/nodes.conf"),
        othersOf(four)
          .map(({ serverName }) => `${serverName}\n`)
          .join(""),
      );
      assert.equal(made("cluster-members"), scriptsLines(three.members));
    }
    ask(`cat >/dev/null; echo ${"a".repeat(40)} x myself,master; echo ${kept.nodeId} y`);
    laid(membersText(three.members));
    assert.equal(made("leaving"), membersText([kept]));
    assert.equal(
      dense(made("ways/nodes.cfg")),
      dense(waysOfNode("haproxy", othersOf({ ...four, members: [...three.members, kept] }))),
    );
  });

  it("keeps them on an app host, and those that had left before; one that comes back is on the list alone", () => {
    isAppHost("haproxy", true);
    const names = (): string[] => {
      const { nodes } = JSON.parse(made("connection.json")) as ClusterConnectionFile;
      return nodes.map(({ name }) => name);
    };
    uses(three);
    host.write(inUse("leaving"), membersText(four.members.slice(-1)));
    laid(membersText(three.members.slice(0, -1)));
    assert.deepEqual(names(), [
      ...["sessions-0-0", "sessions-0-1", "sessions-1-0", "sessions-1-1", "sessions-2-0"],
      ...["sessions-2-1", "sessions-3-1"],
    ]);
    laid(membersText(four.members));
    assert.deepEqual(
      names(),
      four.members.map(({ name }) => name),
    );
    assert.equal(made("leaving"), "");
  });

  it("leaves the list for scripts as old as it is while nobody has come or left", () => {
    isNode(three);
    uses(three);
    const long = new Date("2026-11-01T00:00:00Z");
    utimesSync(host.path(inUse("cluster-members")), long, long);
    const age = (): Date => statSync(host.path(`${next}/cluster-members`)).mtime;
    laid(membersText(three.members));
    assert.deepEqual(age(), long);
    laid(membersText(four.members));
    assert.notDeepEqual(age(), long);
  });

  it("gives what it makes to the readers of what it is made of", () => {
    isNode(three);
    has([...clientFiles("haproxy", true)]);
    host.write(`${next}/members`, "");
    host.write(`${next}/password`, "");
    chmodSync(host.path(`${next}/members`), 0o640);
    chmodSync(host.path(`${next}/password`), 0o440);
    laid(membersText(three.members));
    const mode = (file: string): string => (statSync(host.path(`${next}/${file}`)).mode & 0o777).toString(8);
    const modes = ["ways", "admitted-peers", "ways/nodes.cfg", "admitted-peers/nodes.conf", "connection.json"].map(
      mode,
    );
    assert.deepEqual([...modes, mode("cluster-members")], ["755", "755", "640", "640", "440", "600"]);
  });

  describe("refuses a list", () => {
    const sound = membersText(three.members);
    const form = "its field 'members' is not in the form that is meant.\n";
    const bad: readonly (readonly [what: string, list: string, reason: string])[] = [
      ["without an address", `${sound}3-0\n`, form],
      ["with more than an address", `${sound}3-0 10.0.0.1 x\n`, form],
      ["with an octet that is none", `${sound}3-0 10.0.0.256\n`, form],
      ["with a name in place of an address", `${sound}3-0 example.org\n`, form],
      ["with a shard that is none", `${sound}100-0 10.0.0.1\n`, form],
      ["with a replica that is none", `${sound}3-6 10.0.0.1\n`, form],
      ["with a number that is written in two ways", `${sound}03-0 10.0.0.1\n`, form],
      ["with what a shell would run", `${sound}3-0 $(id)\n`, form],
      ["with an empty line", `${sound}\n`, form],
      ["with a place twice", `${sound}0-0 10.9.9.9\n`, "its field 'members' has a node twice.\n"],
      [
        "with an address twice",
        `${sound}3-0 ${three.members[0]?.privateIp ?? ""}\n`,
        "its field 'members' has a node twice.\n",
      ],
    ];
    for (const [what, list, reason] of bad) {
      it(what, () => {
        isNode(three);
        assert.deepEqual(lay(list), { status: 1, stdout: reason, stderr: "" });
        assert.deepEqual(readdirSync(host.path(next)).sort(), ["members", "password"]);
        assert.equal(lay(sound).status, 0);
      });
    }
  });
});
