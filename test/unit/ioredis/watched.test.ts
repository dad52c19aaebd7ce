import assert from "node:assert/strict";
import type { Redis } from "ioredis";
import { Watched } from "../../../src/ioredis/watched.js";
import type { ConnectOptions } from "../../../src/ioredis/index.js";
import { inTime } from "../../support/inTime.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import {
  hangUp,
  list,
  ok,
  queued,
  ready,
  startRepeatingCache,
  type RepeatingCache,
  type RepeatingServer,
} from "./repeatingServer.js";

const refusal = {
  message: /^The keys that WATCH named are watched no more: .* Nothing of the transaction was carried out/,
};

for (const { version, plain, connect } of ioredisMajors()) {
  describe(`keys that are watched (WATCH), when the connection is lost, with ioredis ${version}`, () => {
    let server: RepeatingServer;
    let connectionFile: string;
    let remove: RepeatingCache["remove"];
    let heard: string[];
    const clients: Redis[] = [];

    before(async () => {
      ({ server, connectionFile, remove } = await startRepeatingCache());
    });
    beforeEach(() => {
      heard = [];
      // Loses the connection at a DEL.
      server.answers = (words) => {
        const handshake = ready(words);
        if (handshake !== undefined) return handshake;
        heard.push(words[0] ?? "");
        if (words[0] === "del") return hangUp;
        if (words[0] === "incr") return queued;
        return words[0] === "exec" ? list(":1\r\n") : ok;
      };
    });
    afterEach(() => {
      for (const redis of clients.splice(0)) redis.disconnect();
    });
    after(() => remove());

    const kept = (redis: Redis): Redis => {
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };
    const open = (own: ConnectOptions = {}): Redis =>
      kept(connect({ connectionFile, retryStrategy: () => 1, ...inTime(own) }));
    const lose = async (redis: Redis): Promise<void> => {
      await assert.rejects(redis.del("other"));
      await redis.ping();
      heard = [];
    };

    it("have the next transaction fail, and nothing of it sent", async () => {
      const redis = open();
      await redis.watch("key");
      await lose(redis);
      await assert.rejects(redis.multi().incr("key").exec(), refusal);
      assert.deepEqual(heard, []);
      assert.deepEqual(await redis.multi().incr("key").exec(), [[null, 1]]);
    });

    it("have it fail where its commands go one by one", async () => {
      const redis = open();
      await redis.watch("key");
      await lose(redis);
      const parts = [redis.multi({ pipeline: false }), redis.incr("key"), redis.exec(), redis.ping()];
      const ended = await Promise.allSettled(parts as Promise<unknown>[]);
      assert.deepEqual(
        ended.map(({ status }) => status),
        ["rejected", "rejected", "rejected", "fulfilled"],
      );
      assert.deepEqual(heard, ["ping"]);
    });

    for (const [what, end] of [
      ["UNWATCH", (redis: Redis) => redis.unwatch()],
      ["a transaction", (redis: Redis) => redis.multi().incr("key").exec()],
    ] as const) {
      it(`have none fail after ${what}`, async () => {
        const redis = open();
        await redis.watch("key");
        await end(redis);
        await lose(redis);
        assert.deepEqual(await redis.multi().incr("key").exec(), [[null, 1]]);
      });
    }

    it("control case: ioredis itself carries it out", async () => {
      const redis = kept(new plain.Redis({ host: "127.0.0.1", port: server.port, retryStrategy: () => 1 }));
      redis.options.autoResendUnfulfilledCommands = false;
      await redis.watch("key");
      redis.disconnect(true);
      await redis.ping();
      assert.deepEqual(await redis.multi().incr("key").exec(), [[null, 1]]);
    });
  });
}

describe("keys that are watched", () => {
  it("are so until EXEC alone, however often a client sends its transaction", () => {
    const watched = new Watched();
    const connection = {};
    const [multi, exec] = [{ name: "multi" }, { name: "EXEC" }];
    const sent = (): boolean[] => [multi, { name: "set" }, exec].map((command) => watched.admits(command, connection));
    assert.ok(watched.admits({ name: "watch" }, connection));
    assert.deepEqual([sent(), sent()], [Array(3).fill(true), Array(3).fill(false)]);
  });

  it("are where they were watched: another connection is none", () => {
    const watched = new Watched();
    watched.admits({ name: "watch" }, {});
    assert.equal(watched.admits({ name: "multi" }, {}), false);
  });
});
