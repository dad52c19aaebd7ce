import assert from "node:assert/strict";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { waitFor } from "../../../lab/until.js";
import { meets, type Check } from "../../../src/evidence/check.js";
import { clusterChecks, clusterInMemoryChecks, copiesShown, placeShown } from "../../../src/evidence/clusterChecks.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import type { ClusterPlan } from "../../../src/plan/cluster.js";
import { samplePlan, sharded } from "../../support/sample.js";
import { ScriptedCluster, type Place } from "./scriptedCluster.js";

const memory = "what Redis keeps of the cluster is in memory, for its user alone";

/** What the checks of a node say of real Redis servers that are a cluster. */
describe("the checks of a cluster's nodes", () => {
  let cluster: ScriptedCluster;
  let checks: readonly Check[];

  before(async () => {
    await ensureDebianPackages(["redis-server"]);
    cluster = new ScriptedCluster(3, 1);
    checks = [...clusterChecks(planOf(cluster)), ...clusterInMemoryChecks("redis")].filter(
      ({ shows }) => shows !== memory,
    );
    await cluster.startAll();
    await cluster.isWell();
  });
  after(() => cluster.remove());

  /** What they show that does not hold on a node, with what was found. */
  const broken = (place: Place): Record<string, string> => {
    const host = cluster.hostOf(place);
    const found = checks.flatMap((check): [string, string][] => {
      assert.ok(check.by === "host");
      const { status, stdout } = host.shell(host.withPaths(check.command), { LC_ALL: "C" });
      assert.ok("prints" in check.expect);
      const expect = { prints: host.withPaths(check.expect.prints) };
      const holds = meets(expect, { exitCode: status ?? 1, stdout });
      return holds ? [] : [[check.shows, stdout.trim()]];
    });
    return Object.fromEntries(found);
  };
  const isBroken = async (place: Place, shown: readonly string[]): Promise<Record<string, string>> => {
    const now = (): string[] => Object.keys(broken(place)).sort();
    const wanted = [...shown].sort();
    await waitFor(`${place} finds ${wanted.join("; ") || "nothing"}`, () => now().join() === wanted.join(), {
      timeoutMs: 20_000,
      shown: () => JSON.stringify(broken(place), null, 1),
    });
    return broken(place);
  };

  it("hold on every node of one that is well", async () => {
    for (const place of cluster.running()) assert.deepEqual(await isBroken(place, []), {}, place);
  });

  it("find a setting that is another on that node, and nothing on others", async () => {
    await cluster.ask("1-0", ["CONFIG", "SET", "cluster-node-timeout", "15000"]).catch(() => undefined);
    const name = /^rename-command CONFIG (.*)$/m.exec(cluster.hostOf("1-0").read(hostPaths.redisCommands))?.[1] ?? "";
    await cluster.ask("1-0", [name, "SET", "cluster-node-timeout", "15000"]);
    const shown = "Redis is part of the cluster with the planned settings, at the node's own address";
    const found = await isBroken("1-0", [shown]);
    assert.match(found[shown] ?? "", /cluster-node-timeout 15000/);
    assert.deepEqual(broken("0-0"), {});
    await cluster.ask("1-0", [name, "SET", "cluster-node-timeout", "2000"]);
    await isBroken("1-0", []);
  });

  it("find another list of members", async () => {
    const host = cluster.hostOf("2-1");
    const list = host.read(hostPaths.clusterMembers);
    host.write(hostPaths.clusterMembers, `${list}3-0 127.82.0.19 ${"0".repeat(40)}\n`);
    const found = broken("2-1");
    assert.match(
      found["the nodes on the host's list, by place, address and id, are the planned ones"] ?? "",
      /^7 nodes/,
    );
    host.write(hostPaths.clusterMembers, list);
    await isBroken("2-1", []);
  });

  it("find a slot that is on its way, on the node that gives it and not on others", async () => {
    const [giver, taker] = [await cluster.leaderOf(0), await cluster.leaderOf(1)];
    await cluster.ask(giver, ["CLUSTER", "SETSLOT", "0", "MIGRATING", cluster.idOf(taker)]);
    const shown = "slots are spread as evenly as can be, and none is on its way";
    assert.match((await isBroken(giver, [shown]))[shown] ?? "", /5461 to 5462 in each, 1 on their way$/);
    await isBroken(taker, []);
    await cluster.ask(giver, ["CLUSTER", "SETSLOT", "0", "STABLE"]);
    await isBroken(giver, []);
  });

  it("find a slot that nobody serves, and nodes that see it in two ways", async () => {
    const leader = await cluster.leaderOf(2);
    await cluster.ask(leader, ["CLUSTER", "DELSLOTS", "16383"]);
    const found = await isBroken(leader, [
      "the cluster is up: every slot has a primary that serves it",
      "slots are spread as evenly as can be, and none is on its way",
      "the nodes of its shard and of the next one see the same: who leads, who has which slots, and the epochs",
    ]);
    assert.match(JSON.stringify(found), /slots_assigned:16383/);
    await cluster.ask(leader, ["CLUSTER", "ADDSLOTS", "16383"]);
    await isBroken(leader, []);
  });

  it("find a replica that is away, and hold again once it is back", async () => {
    const leader = await cluster.leaderOf(1);
    const follower = other(leader);
    await cluster.kill(follower);
    const found = await isBroken(leader, [
      "the node is in touch with every other node, and with no stranger",
      "each shard has one primary and 1 replica, all of them its own nodes",
      copiesShown,
      "the nodes of its shard and of the next one see the same: who leads, who has which slots, and the epochs",
    ]);
    assert.equal(found[copiesShown], "replicas that follow: 0");
    assert.match(JSON.stringify(found), /5 there, 1 away, 0 strangers/);
    await cluster.start(follower);
    await cluster.isWell();
    for (const place of cluster.running()) await isBroken(place, []);
  });

  it("hold where another node leads than at first, and say which", async () => {
    const before = await cluster.leaderOf(0);
    const next = other(before);
    await cluster.ask(next, ["CLUSTER", "FAILOVER"]);
    await waitFor(`${next} leads`, async () => (await cluster.leaderOf(0)) === next);
    for (const place of cluster.running()) await isBroken(place, []);
    const [check] = checks.filter(({ shows }) => shows === placeShown);
    assert.ok(check?.by === "host");
    const says = (place: Place): string => {
      const host = cluster.hostOf(place);
      return host.shell(host.withPaths(check.command), {}).stdout.trim();
    };
    assert.deepEqual([before, next].map(says), [`${before}: replica of ${next}`, `${next}: primary, 5461 slots`]);
  });
});

function other(place: Place): Place {
  const [shard = "", number] = place.split("-");
  return `${Number(shard)}-${number === "0" ? 1 : 0}`;
}

/** The plan of the cluster of the tests, which is at another block of the loopback. */
function planOf(scripted: ScriptedCluster): ClusterPlan {
  const { cluster = assert.fail() } = samplePlan(sharded());
  return {
    ...cluster,
    members: cluster.members.map((member) => {
      const place: Place = `${member.shard}-${member.replica}`;
      assert.equal(member.nodeId, scripted.idOf(place));
      return { ...member, loopbackAddress: scripted.addressOf(place) };
    }),
  };
}
