import assert from "node:assert/strict";
import type { Cluster } from "ioredis";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { until, waitFor } from "../../../lab/until.js";
import { engineVersions } from "../../../src/plan/engine.js";
import { ScriptedCluster, type Place } from "./scriptedCluster.js";
import { begun, fill, missing, whileWriting, type Written } from "./scriptedWrites.js";

const older = "Redis 7.0";
const filled = 3000;

// A replica of the older one can't take a whole copy from a newer one (copies.test.ts): it has to go on from where it was.
for (const version of engineVersions.filter((one) => one !== older)) {
  describe(`a cluster of ${older} that goes to ${version}, three shards with two replicas each`, () => {
    let newer: ServerPrograms;
    let cluster: ScriptedCluster;
    let redis: Cluster;

    before(async () => {
      newer = await serverPrograms(version);
      cluster = new ScriptedCluster(3, 2, undefined, await serverPrograms(older));
      redis = await begun(cluster);
      await fill(redis, filled);
    });
    after(() => cluster.remove());
    afterEach(function () {
      if (this.currentTest?.state === "failed") console.error(cluster.said.slice(-20).join("\n"));
    });

    const goesThere = async (place: Place): Promise<void> => {
      await cluster.stop(place);
      cluster.replace(place, newer);
      await cluster.start(place);
      await cluster.isWell();
    };
    // On a busy machine a node may take longer to answer than it is waited for.
    const factsOf = (place: Place): Promise<ReadonlyMap<string, string>> =>
      cluster.facts(place).catch(() => new Map<string, string>());
    const leads = async (place: Place): Promise<boolean> => (await factsOf(place)).get("role") === "master";
    // As hand-over-cluster asks: Redis gives a takeover up after five seconds.
    const takesOver = (place: Place): Promise<void> =>
      waitFor(`${place} leads`, async () => {
        if (await leads(place)) return true;
        await cluster.ask(place, ["CLUSTER", "FAILOVER"]);
        return until(() => leads(place), 6000);
      });
    const follows = async (place: Place, whom: Place): Promise<void> => {
      let seen = "";
      await waitFor(
        `${place} follows ${whom}`,
        async () => {
          const facts = await factsOf(place);
          const [primary = "", link = ""] = ["master_host", "master_link_status"].map((name) => facts.get(name));
          seen = `It follows ${primary}, and its link is ${link}.`;
          return primary === cluster.addressOf(whom) && link === "up";
        },
        { shown: () => seen },
      );
    };
    const wholeCopiesOf = async (place: Place): Promise<string | undefined> =>
      (await cluster.facts(place)).get("sync_full");
    /** A primary that nobody follows takes no write, and says so. */
    const lostOf = ({ failures, lost }: Written): readonly string[] => [
      ...lost,
      ...failures.filter((failure) => !failure.startsWith("NOREPLICAS ")),
    ];

    it("has an older replica go on from where it was when a newer one takes over", async () => {
      await goesThere("0-2");
      const written = await whileWriting(redis, async (acknowledged) => {
        await waitFor("writes are acknowledged", () => acknowledged() > 100);
        await takesOver("0-2");
        await follows("0-0", "0-2");
        await follows("0-1", "0-2");
      });
      assert.deepEqual(lostOf(written), []);
      assert.equal(await wholeCopiesOf("0-2"), "0");
      assert.equal(await missing(redis, filled), 0);
    });

    // Valkey itself meets whoever has no way to it, before this comes about.
    if (version === "Redis 8.0") {
      it("has one that Redis left with a replica, as it heard too late of who leads, follow who leads without a whole copy", async () => {
        await goesThere("1-2");
        await cluster.ask("1-1", ["CLUSTER", "FORGET", cluster.idOf("1-2")]);
        await takesOver("1-2");
        await waitFor("it hears that its primary leads no more", async () =>
          (await cluster.view("1-1")).some(({ place, flags }) => place === "1-0" && flags.includes("slave")),
        );
        // Whom its former primary follows it hears after that.
        cluster.signal("1-0", "SIGSTOP");
        await cluster.ask("1-1", ["CLUSTER", "MEET", cluster.addressOf("1-2"), "6379", "16379"]);
        await waitFor("it hears who leads", async () =>
          (await cluster.view("1-1")).some(({ place, slots }) => place === "1-2" && slots > 0),
        );
        cluster.signal("1-0", "SIGCONT");
        await waitFor("it hears whom its former primary follows", async () =>
          (await cluster.view("1-1")).some(({ place, primary }) => place === "1-0" && primary === cluster.idOf("1-2")),
        );
        await follows("1-1", "1-0");
        assert.equal((await cluster.run("1-1", "join-cluster")).stderr, "");
        await follows("1-1", "1-2");
        assert.equal(await wholeCopiesOf("1-2"), "0");
      });
    }
  });
}
