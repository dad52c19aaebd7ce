import assert from "node:assert/strict";
import { serverPrograms } from "../../../lab/servers/serverPrograms.js";
import { engineVersions } from "../../../src/plan/engine.js";
import { ReplicatedRedis, type Index } from "./replicatedRedis.js";

const all: readonly Index[] = [0, 1, 2];

for (const version of engineVersions) {
  describe(`the users of real Sentinels of ${version} and of the servers that they watch`, () => {
    let cache: ReplicatedRedis;
    before(async () => {
      cache = new ReplicatedRedis(await serverPrograms(version));
      await cache.start();
    });
    after(() => cache.remove());

    it("let a client ask where the nodes are, and be told of another primary", async () => {
      const [primary, replicas, sentinels, told] = (await cache.asClient(
        ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", "main"],
        ["SENTINEL", "REPLICAS", "main"],
        ["SENTINEL", "SENTINELS", "main"],
        ["subscribe", "+switch-master"],
      )) as [string[], unknown[], unknown[], number];
      assert.deepEqual([primary, replicas.length, sentinels.length, told], [[cache.nodes[0].address, "6379"], 2, 2, 1]);
    });

    for (const call of [
      ["SENTINEL", "FAILOVER", "main"],
      ["SENTINEL", "MASTER", "main"],
      ["SENTINEL", "SET", "main", "quorum", "1"],
      ["SENTINEL", "CONFIG", "GET", "*"],
      ["SENTINEL", "RESET", "*"],
      ["SENTINEL", "REMOVE", "main"],
      ["SENTINEL", "IS-MASTER-DOWN-BY-ADDR", "127.0.0.1", "6379", "9", "x"],
      ["PUBLISH", "__sentinel__:hello", "x"],
      ["subscribe", "+sdown"],
      ["psubscribe", "*"],
      ["ACL", "LIST"],
      ["INFO"],
      ["SHUTDOWN"],
    ]) {
      it(`refuse a client ${call.slice(0, 2).join(" ")}`, async () => {
        await assert.rejects(cache.asClient(call), { message: /^NOPERM / });
      });
    }

    it("let nobody in who names none", async () => {
      await assert.rejects(cache.asNobody(["SENTINEL", "REPLICAS", "main"]), { message: /^NOAUTH / });
    });

    it("refuse nodes nothing that they need, through a handover, a failover and a return", async () => {
      const logs = (): Promise<unknown[][]> =>
        Promise.all(
          all.flatMap((index) => [
            cache.toRedis(index, ["ACL", "LOG"]).then(([log]) => log as unknown[]),
            cache.asOperator(index, ["ACL", "LOG"]).then(([log]) => log as unknown[]),
          ]),
        );
      for (const index of all) {
        await cache.toRedis(index, ["ACL", "LOG", "RESET"]);
        await cache.asOperator(index, ["ACL", "LOG", "RESET"]);
      }
      const { to } = await cache.handOver();
      await cache.isWhole();
      await cache.killRedis(to);
      const next = await cache.primary(to);
      await cache.startRedis(to, next);
      await cache.isWhole();
      assert.deepEqual(
        (await logs()).filter((log) => log.length > 0),
        [],
      );
      // Control case: what is refused is there to be seen.
      await assert.rejects(cache.asClient(["ACL", "LIST"]));
      assert.equal((await logs()).filter((log) => log.length > 0).length, 1);
    });
  });
}
