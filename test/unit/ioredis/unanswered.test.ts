import assert from "node:assert/strict";
import { once } from "node:events";
import type { Redis } from "ioredis";
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

const lost =
  /^The connection was lost before the answer came\. The command may have been carried out, and is not sent again\.$/;

for (const { version, plain, connect } of ioredisMajors()) {
  describe(`connect() with ioredis ${version}, when a connection is lost before the answer comes`, () => {
    let server: RepeatingServer;
    let connectionFile: string;
    let remove: RepeatingCache["remove"];
    let count: number;
    const clients: Redis[] = [];

    before(async () => {
      ({ server, connectionFile, remove } = await startRepeatingCache());
    });
    beforeEach(() => {
      count = 0;
      let isCut = false;
      // Counts, and loses the connection before the first answer.
      server.answers = (words) => {
        const handshake = ready(words);
        if (handshake !== undefined) return handshake;
        if (words[0] === "multi") return ok;
        if (words[0] === "exec") return list(`:${(count += 1)}\r\n`);
        if (words[0] === "incr" && words[1] === "queued") return queued;
        if (words[0] !== "incr") return ok;
        count += 1;
        if (isCut) return `:${count}\r\n`;
        isCut = true;
        return hangUp;
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

    it("the command fails, and is carried out once", async () => {
      const redis = open();
      await assert.rejects(redis.incr("count"), { message: lost });
      await redis.ping();
      assert.equal(count, 1);
    });

    it("ioredis itself carries it out twice and tells of once: the control case", async () => {
      const redis = kept(new plain.Redis({ host: "127.0.0.1", port: server.port, retryStrategy: () => 1 }));
      assert.equal(await redis.incr("count"), 2);
    });

    it("connect() does so where an application asks for it: the other control case", async () => {
      assert.equal(await open({ autoResendUnfulfilledCommands: true }).incr("count"), 2);
    });

    it("each command of the turn fails that the server didn't answer, and what comes after the loss is sent", async () => {
      const redis = open();
      await redis.ping();
      const [first, second] = await Promise.allSettled([redis.incr("count"), redis.incr("count")]);
      assert.deepEqual([first.status, second.status, count], ["rejected", "rejected", 1]);
      assert.equal(await redis.incr("count"), 2);
    });

    it("a command that waits for the connection is sent when there is one", async () => {
      const redis = open();
      const answers = once(redis, "reconnecting").then(() => Promise.all([redis.incr("count"), redis.incr("count")]));
      await assert.rejects(redis.incr("count"), { message: lost });
      assert.deepEqual(await answers, [2, 3]);
    });

    it("commands from before the first connection are sent with it", async () => {
      const redis = open({ lazyConnect: true });
      const [answer, failed] = await Promise.allSettled([redis.ping(), redis.incr("count")]);
      assert.deepEqual([answer.status, failed.status, count], ["fulfilled", "rejected", 1]);
    });

    it("a pipeline tells so of each of its commands, and a transaction of the whole", async () => {
      const results = await open().pipeline().incr("count").incr("count").exec();
      assert.deepEqual(
        results?.map(([error]) => lost.test(error?.message ?? "")),
        [true, true],
      );
      assert.equal(count, 1);
      const transaction = open().multi().incr("queued").exec();
      assert.deepEqual(await transaction, [[null, 2]]);
      const answers = server.answers;
      server.answers = (words, index) => (words[0] === "exec" ? hangUp : answers(words, index));
      // Its MULTI has been answered: ioredis has this itself.
      await assert.rejects(open().multi().incr("queued").exec(), {
        message: "Command aborted due to connection close",
      });
    });

    it("a transaction is never sent again, though an application asks for it: not even where nothing of it was answered", async () => {
      const answers = server.answers;
      const given: string[] = [];
      server.answers = (words, index) => {
        if (ready(words) === undefined) given.push(words.join(" "));
        return words[0] === "multi" && given.length === 1 ? hangUp : answers(words, index);
      };
      for (const transaction of [
        (redis: Redis) => redis.multi().incr("queued").exec(),
        async (redis: Redis) => {
          const parts = [redis.multi({ pipeline: false }), redis.incr("queued"), redis.exec()];
          return (await Promise.allSettled(parts)).flatMap((part) => {
            if (part.status === "rejected") throw part.reason;
            return [part.value];
          });
        },
      ]) {
        given.length = 0;
        const redis = open({ autoResendUnfulfilledCommands: true });
        await assert.rejects(transaction(redis), { message: lost });
        assert.equal(await redis.ping(), "OK");
        assert.deepEqual([given, count], [["multi", "ping"], 0]);
      }
    });

    it("a command that is given while a connection begins, and that connection is lost, ends as well", async () => {
      let published = 0;
      server.answers = (words) =>
        words[0] === "publish" && (published += 1) === 1 ? hangUp : (ready(words) ?? ":0\r\n");
      const redis = open({ blocking: true, lazyConnect: true });
      // ioredis 5 sends it at once, ioredis 6 when the connection is ready.
      const given = once(redis, "connect").then(() => redis.publish("news", "there"));
      const [first, waiting] = await Promise.allSettled([given, redis.incr("count")]);
      assert.deepEqual([first.status, waiting.status, published], ["rejected", "fulfilled", 1]);
    });

    it("whoever ends the connection is told that it is closed, as by ioredis", async () => {
      server.answers = (words) => ready(words) ?? "";
      const redis = open();
      await once(redis, "ready");
      const failed = redis.incr("count");
      redis.disconnect();
      await assert.rejects(failed, /^Error: Connection is closed\.$/);
    });

    it("no timer of the lost connection is left for the next", async () => {
      const redis = open();
      await assert.rejects(redis.incr("count"), { message: lost });
      await once(redis, "ready");
      await redis.ping();
      assert.equal((redis as unknown as { socketTimeoutTimer: unknown }).socketTimeoutTimer, undefined);
    });
  });
}
