import assert from "node:assert/strict";
import type { Cluster } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { until, waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { clusterRules } from "../../../src/plan/cluster.js";
import { engineVersions } from "../../../src/plan/engine.js";
import { ScriptedCluster, type Place } from "./scriptedCluster.js";
import { begun, fill, missing, whileWriting } from "./scriptedWrites.js";

const filled = 3000;
const three = { "0-0": 5461, "1-0": 5461, "2-0": 5462 };

describe("the scripts of a cluster's nodes, with real Redis servers", () => {
  let forgetful: ScriptedCluster;
  let isBack: Promise<void>;
  // It takes more than a minute, in which others are tested.
  before(async () => {
    await ensureDebianPackages(["redis-server"]);
    forgetful = new ScriptedCluster(3, 1);
    isBack = forgotten(forgetful, "2-1");
    // Its own test tells of that.
    isBack.catch(() => undefined);
  });
  after(() => forgetful.remove());

  // What Redis does not document of nodes.conf holds for each version.
  for (const version of engineVersions) {
    describe(`a cluster of ${version}, three shards with a replica each`, () => {
      let programs: ServerPrograms;
      let cluster: ScriptedCluster;
      let redis: Cluster;

      before(async () => {
        programs = await serverPrograms(version);
        cluster = new ScriptedCluster(3, 1, clusterRules.formsAfterMs / 1000, programs);
      });
      after(() => cluster.remove());
      afterEach(function () {
        if (this.currentTest?.state === "failed") console.error(cluster.said.slice(-20).join("\n"));
      });

      it("forms from what the plan says, with no command: each with its id, its slots and its own epoch", async () => {
        await cluster.startAll();
        await cluster.isWell();
        redis = cluster.client();
        assert.deepEqual(await cluster.spread(), three);
        for (const place of cluster.running()) {
          assert.equal(await cluster.ask(place, ["CLUSTER", "MYID"]), cluster.idOf(place));
          const view = await cluster.view(place);
          assert.deepEqual(
            view.map((node) => [node.place, node.id === cluster.idOf(node.place), node.epoch]).sort(),
            (["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"] as Place[]).map((one) => [one, true, 100 - Number(one[0])]),
          );
        }
        assert.deepEqual(await cluster.refusals("0-0"), []);
      });

      it("keeps what is written when a primary is killed and comes back within the timer: its replica leads", async () => {
        await fill(redis, filled);
        await cluster.kill("0-0");
        const said = await cluster.start("0-0");
        assert.match(said, /this one is empty, and others have values\.\n.*to follow [0-9a-f]{40}\.\n$/);
        await cluster.isWell();
        assert.deepEqual(await cluster.spread(), { "0-1": 5461, "1-0": 5461, "2-0": 5462 });
        assert.equal(await missing(redis, filled), 0);
      });

      it("control case: without its script, one that is empty would have emptied its replica", async () => {
        const other = new ScriptedCluster(3, 1, undefined, programs);
        try {
          const client = await begun(other);
          await fill(client, filled);
          const nodes = other.hostOf("0-0").read(hostPaths.clusterNodes);
          await other.kill("0-0");
          await other.startWith("0-0", nodes);
          await other.isWell();
          assert.notEqual(await missing(client, filled), 0);
        } finally {
          await other.remove();
        }
      });

      it("keeps it when a primary is killed for longer: it comes back as a replica of the one that took over", async () => {
        await cluster.kill("1-0");
        await waitFor("its replica leads", async () => (await cluster.spread("2-0"))["1-1"] === 5461);
        assert.match(await cluster.start("1-0"), /: to follow /);
        await cluster.isWell();
        assert.equal(await missing(redis, filled), 0);
      });

      it("hands over when a primary is stopped: no write is lost, and none fails", async () => {
        const from = await cluster.leaderOf(2);
        const written = await whileWriting(redis, async (acknowledged) => {
          await waitFor("writes are acknowledged", () => acknowledged() > 100);
          assert.match(await cluster.stop(from), /^hipaa-redis: handed over to /);
          await cluster.start(from);
          await cluster.isWell();
        });
        assert.deepEqual(written, { failures: [], lost: [] });
        assert.deepEqual((await cluster.run(from, "hand-over-cluster")).stderr, "");
      });

      it("tells `cluster-well` so, and keeps it waiting while a node is away", async () => {
        assert.equal((await cluster.run("0-0", "cluster-well")).status, 0);
        await cluster.kill("1-0");
        await waitFor("it is missed", async () =>
          (await cluster.view("0-0")).some(({ place, flags }) => place === "1-0" && flags.includes("fail")),
        );
        let ended = false;
        const waits = cluster.run("0-0", "cluster-well").then(({ status }) => {
          ended = true;
          return status;
        });
        assert.equal(await until(() => ended, 3000), false);
        await cluster.start("1-0");
        assert.equal(await waits, 0);
      });

      it("refuses its nodes nothing that their scripts say, and a node's user what they don't", async () => {
        for (const place of cluster.running()) assert.deepEqual(await cluster.refusals(place), [], place);
        for (const call of [
          ["GET", "filled:1"],
          ["SET", "filled:1", "x"],
          ["CLUSTER", "RESET", "HARD"],
          ["CLUSTER", "DELSLOTS", "1"],
          ["CONFIG", "GET", "*"],
          ["DUMP", "filled:1"],
          ["KEYS", "*"],
        ])
          await assert.rejects(cluster.ask("0-0", call, "_node"), /NOPERM|unknown command/, call.join(" "));
        // Control case: what is refused is there to be seen.
        assert.notDeepEqual(await cluster.refusals("0-0"), []);
      });
    });
  }

  describe("a node of a cluster that is alone", () => {
    it("starts as the plan has it, and takes no write: it is never in touch with a majority", async () => {
      const cluster = new ScriptedCluster(3, 0);
      try {
        assert.match(await cluster.start("0-0"), /starting as the plan has it: no other node is there\.\n$/);
        const isServed = async (): Promise<boolean> => (await cluster.facts("0-0")).get("cluster_state") === "ok";
        const served = await until(isServed, 6000, 10);
        assert.equal(served, false);
        await assert.rejects(cluster.ask("0-0", ["SET", "{06S}", "x"]), /^ReplyError: CLUSTERDOWN /);
      } finally {
        await cluster.remove();
      }
    });
  });

  describe("a node that lost everything, and that all others of its cluster forgot", () => {
    it("is back with its id: each knows it once, and no value is lost", async () => {
      await isBack;
    });
  });
});

/**
 * Has a node lose everything, and all others forget it; comes once they know it again. For a minute Redis meets nobody whom it was told to
 * forget (redis.io, "CLUSTER FORGET").
 */
async function forgotten(cluster: ScriptedCluster, place: Place): Promise<void> {
  const redis = await begun(cluster);
  await fill(redis, filled);
  await cluster.kill(place);
  for (const one of cluster.running()) await cluster.ask(one, ["CLUSTER", "FORGET", cluster.idOf(place)]);
  assert.match(await cluster.start(place), /: to follow /);
  const stop = cluster.keep(["join-cluster"]);
  await waitFor("all know it", async () => {
    const views = await Promise.all(cluster.running().map((one) => cluster.view(one)));
    return views.every((view) => view.length === 6 && !view.some(({ flags }) => flags.includes("handshake")));
  });
  await stop();
  await cluster.isWell();
  for (const one of cluster.running()) {
    const known = (await cluster.view(one)).filter((other) => other.place === place);
    assert.deepEqual(
      known.map(({ id }) => id),
      [cluster.idOf(place)],
    );
  }
  assert.equal(await missing(redis, filled), 0);
}
