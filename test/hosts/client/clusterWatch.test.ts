import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Cluster, Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { inTime } from "../../support/inTime.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { ClusteredRedis } from "./clusteredRedis.js";

const key = "Jane-Roe";

for (const { version, plain, connect } of ioredisMajors()) {
  describe(`keys that are watched (WATCH), with ioredis ${version} to a real Redis Cluster`, () => {
    let cache: ClusteredRedis;
    let redis: Redis;
    const clients: (Redis | Cluster)[] = [];
    const kept = <Client extends Redis | Cluster>(client: Client): Client => {
      client.on("error", () => undefined);
      clients.push(client);
      return client;
    };
    const open = (): Redis => kept(connect({ connectionFile: cache.connectionFile, ...inTime() }));

    before(async () => {
      await ensureDebianPackages(["redis-server"]);
      cache = new ClusteredRedis();
      await cache.start();
    });
    beforeEach(async () => {
      redis = open();
      await redis.set(key, "first");
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.disconnect();
      await cache.isWhole();
    });
    after(() => cache.remove());

    const moveAway = async (): Promise<void> => {
      const { slot, primary } = await cache.shardOf(key);
      const { primary: other } = await cache.shardOf(primary.name === (await ownerOf("a")) ? "b" : "a");
      await cache.moveSlot(slot, primary, other);
    };
    const ownerOf = async (name: string): Promise<string> => (await cache.shardOf(name)).primary.name;
    const loseConnection = async (): Promise<void> => {
      const { primary } = await cache.shardOf(key);
      await cache.ask(primary, "CLIENT", "KILL", "USER", "web");
    };

    for (const [what, happens] of [
      ["a replica takes over", () => cache.handOver(key)],
      ["the slot moves", moveAway],
      ["the connection is lost", loseConnection],
    ] as const) {
      it(`keep a transaction from what another has written since, where ${what}`, async () => {
        await redis.watch(key);
        await happens();
        await open().set(key, "another's");
        await assert.rejects(redis.multi().set(key, "overwritten").exec(), (error: Error) => {
          assert.match(error.message, /^The keys that WATCH named are watched no more: /);
          return true;
        });
        assert.equal(await redis.get(key), "another's");
        await redis.watch(key);
        assert.deepEqual(await redis.multi().set(key, "once more").exec(), [[null, "OK"]]);
      });
    }

    it("control case: a transaction goes on where nothing was watched, and where nobody has written", async () => {
      await redis.watch(key);
      assert.deepEqual(await redis.multi().set(key, "second").exec(), [[null, "OK"]]);
      await cache.handOver(key);
      assert.deepEqual(await redis.multi().set(key, "third").exec(), [[null, "OK"]]);
      await redis.watch(key);
      await open().set(key, "another's");
      assert.equal(await redis.multi().set(key, "overwritten").exec(), null);
    });

    it("control case: ioredis itself overwrites it", async () => {
      const password = readFileSync(cache.passwordFile, "utf8").trim();
      const [{ address: host } = { address: "" }] = cache.nodes;
      const itself = kept(new plain.Cluster([{ host, port: 6379 }], { redisOptions: { username: "web", password } }));
      await itself.watch(key);
      await cache.handOver(key);
      await open().set(key, "another's");
      assert.deepEqual(await itself.multi().set(key, "overwritten").exec(), [[null, "OK"]]);
    });
  });
}
