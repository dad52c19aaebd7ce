import assert from "node:assert/strict";
import { serverPrograms } from "../../../lab/servers/serverPrograms.js";
import { waitFor } from "../../../lab/until.js";
import { engineVersions, type EngineVersion } from "../../../src/plan/engine.js";
import { BareServer } from "./bareServer.js";

const older = "Redis 7.0";
const newer = engineVersions.filter((version) => version !== older);

/** So that two runs on one machine don't meet. */
const addressAt = (index: number): string => `127.${130 + (process.pid % 10)}.${process.pid % 250}.${index + 1}`;

for (const version of newer) {
  describe(`a shard of a primary and a replica of ${older}, and one of ${version}`, () => {
    const nodes: BareServer[] = [];
    const start = async (index: number, of: EngineVersion): Promise<BareServer> => {
      const address = addressAt(index);
      const node = await BareServer.start(
        await serverPrograms(of),
        `port 6379\nbind ${address}\nprotected-mode no\ncluster-enabled yes\ncluster-announce-ip ${address}\ncluster-node-timeout 2000\nrepl-diskless-sync-delay 0\nrepl-ping-replica-period 1\n`,
      );
      nodes.push(node);
      return node;
    };
    const isLinked = async (node: BareServer): Promise<boolean> =>
      String(await node.ask("INFO", "replication")).includes("master_link_status:up");

    after(() => Promise.all(nodes.map((node) => node.end())));

    it("goes on without a whole copy when the newer one takes over", async () => {
      const [first, second, third] = [await start(0, older), await start(1, older), await start(2, version)];
      const followers = [second, third];
      await first.ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      const id = String(await first.ask("CLUSTER", "MYID"));
      for (const node of followers) await node.ask("CLUSTER", "MEET", addressAt(0), "6379");
      for (const node of followers) {
        await waitFor("the others are known", async () => String(await node.ask("CLUSTER", "NODES")).includes(id));
        await node.ask("CLUSTER", "REPLICATE", id);
        await waitFor("it follows", () => isLinked(node));
      }
      await waitFor(
        "the cluster is there",
        async () => (await first.ask("SET", "before", "1").catch(() => "")) === "OK",
      );

      const copied = second.said().match(/Full resync from master/g)?.length;
      await third.ask("CLUSTER", "FAILOVER");
      await waitFor(
        "the newer one takes over",
        async () => (await third.ask("SET", "after", "2").catch(() => "")) === "OK",
      );
      await second.ask("READONLY");
      await waitFor("the older one follows", async () => (await second.ask("GET", "after").catch(() => "")) === "2", {
        shown: second.said,
      });
      assert.equal(second.said().match(/Full resync from master/g)?.length, copied);
      assert.match(second.said(), /Successful partial resynchronization with master/);
      assert.equal(await second.ask("GET", "before"), "1");
    });
  });
}
