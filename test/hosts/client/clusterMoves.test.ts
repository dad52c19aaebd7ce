import assert from "node:assert/strict";
import type { Cluster } from "ioredis";
import { serverPrograms } from "../../../lab/servers/serverPrograms.js";
import { waitFor } from "../../../lab/until.js";
import { defaultEngineVersion, engineVersions } from "../../../src/plan/engine.js";
import { ScriptedCluster } from "./scriptedCluster.js";
import { begun, fill, missing, whileWriting } from "./scriptedWrites.js";

for (const version of engineVersions) {
  describe(`a move of slots of ${version} that is interrupted`, () => {
    let cluster: ScriptedCluster;
    let redis: Cluster;
    const filled = 20_000;
    // Redis looks at five elements of a value if nobody asks for more: it takes this one for larger than any that moves.
    const first = Array<string>(5).fill("x".repeat(1024 ** 2));
    const others = Array<string>(160).fill("x".repeat(4096));
    let list = "";

    beforeEach(async function () {
      cluster = new ScriptedCluster(3, 1, undefined, await serverPrograms(version));
      redis = await begun(cluster);
      await fill(redis, filled);
      list = await nameInSlot(redis, 4100);
      for (const elements of [...first.map((one) => [one]), others]) await redis.rpush(list, ...elements);
      cluster.goesBy(4);
      await cluster.startAll(["3-0", "3-1"]);
      const stop = cluster.keep(["join-cluster"]);
      await waitFor("the new shard is there", async () =>
        (await cluster.view("0-0")).some(({ place, flags }) => place === "3-1" && flags.includes("slave")),
      );
      await waitFor("all go by the new list", async () => {
        const lists = String(await cluster.ask("3-0", ["CLUSTER", "NODES"])).match(/members-\w+/g) ?? [];
        return lists.length === 8 && new Set(lists).size === 1;
      });
      await stop();
      await cluster.isWell();
    });
    afterEach(async function () {
      if (this.currentTest?.state === "failed") console.error(cluster.said.slice(-20).join("\n"));
      await cluster.remove();
    });

    /** Begins to move, and ends the script once slots are on their way. */
    const interrupt = async (): Promise<void> => {
      let group = 0;
      const ended = cluster.run("3-0", "move-slots", [], (it) => (group = it));
      await waitFor(
        "slots are on their way",
        async () =>
          (await cluster.view("3-0")).some(({ place, open, slots }) => place === "3-0" && open.length > 0 && slots > 0),
        { pauseMs: 5 },
      );
      process.kill(group, "SIGKILL");
      await ended;
    };
    const comesToItsEnd = async (): Promise<void> => {
      const stop = cluster.keep();
      const hasItsSlots = async (): Promise<boolean> => {
        const leader = await cluster.leaderOf(3, "1-0").catch(() => undefined);
        return leader !== undefined && (await cluster.spread("1-0"))[leader] === 4096;
      };
      await waitFor("the fourth shard has its slots", hasItsSlots, { timeoutMs: 900_000 });
      await stop();
      await cluster.isWell();
      for (const place of cluster.running())
        assert.deepEqual(
          (await cluster.view(place)).filter(({ open }) => open.length > 0),
          [],
          place,
        );
      assert.equal(await missing(redis, filled), 0);
      assert.equal(await redis.llen(list), first.length + others.length);
    };

    it("goes on where it was when it is begun again", async () => {
      for (let times = 0; times < 5; times += 1) await interrupt();
      await comesToItsEnd();
    });

    // What they say to each other is the same in each: one move shows that.
    if (version !== defaultEngineVersion) return;

    it("goes on with the replica of the taker, which was killed", async () => {
      await interrupt();
      await cluster.kill("3-0");
      await waitFor("its replica leads", async () => (await cluster.facts("3-1")).get("role") === "master");
      await cluster.start("3-0");
      await comesToItsEnd();
    });

    it("goes on with the replica of the giver, which was killed", async () => {
      await interrupt();
      await cluster.kill("0-0");
      await cluster.start("0-0");
      await comesToItsEnd();
    });

    it("waits where a node hands over in its midst: no value is lost, and no write fails", async () => {
      const written = await whileWriting(redis, async () => {
        const stop = cluster.keep();
        for (const place of ["0-0", "3-0"] as const) {
          await waitFor(
            "slots are on their way from or to it",
            async () => (await cluster.view(place)).some(({ open }) => open.length > 0),
            { pauseMs: 5 },
          );
          assert.match(await cluster.stop(place), /^hipaa-redis: handed over to /);
          await cluster.start(place);
        }
        await stop();
        await comesToItsEnd();
      });
      assert.deepEqual(written, { failures: [], lost: [] });
    });

    it("comes to its end although the list is as before again", async () => {
      await interrupt();
      cluster.goesBy(3);
      const stop = cluster.keep();
      await waitFor("three shards have all slots", async () => Object.keys(await cluster.spread("1-0")).length === 3);
      await stop();
      assert.equal(await missing(redis, filled), 0);
    });
  });
}

/** A key that is in a slot. */
async function nameInSlot(redis: Cluster, slot: number): Promise<string> {
  for (let number = 0; ; number += 1) {
    const name = `list:${number}`;
    if ((await redis.cluster("KEYSLOT", name)) === slot) return name;
  }
}
