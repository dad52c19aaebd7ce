import assert from "node:assert/strict";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Cluster, Redis } from "ioredis";
import { waitFor } from "../../../lab/until.js";
import { connect as ours, patient, type ConnectOptions } from "../../../src/ioredis/index.js";
import { inTime } from "../../support/inTime.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { FakeCluster } from "./fakeCluster.js";
import { hangUp, list, ok, queued, ready, type Answers } from "./repeatingServer.js";

const lost =
  "The connection was lost before the answer came. The command may have been carried out, and is not sent again.";

for (const { version, plain, connect, asCluster } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} to a Redis Cluster`, () => {
    let cache: FakeCluster;
    const clients: (Redis | Cluster)[] = [];
    const kept = <Client extends Redis | Cluster>(client: Client): Client => {
      client.on("error", () => undefined);
      clients.push(client);
      return client;
    };
    const openUsual = (own: ConnectOptions = {}): Redis =>
      kept(connect({ connectionFile: cache.connectionFile, ...own }));
    const open = (own: ConnectOptions = {}): Redis => openUsual(inTime(own));
    const openPlain = (): Cluster => kept(new plain.Cluster([{ host: "127.0.0.1", port: cache.port }]));

    beforeEach(async () => {
      cache = new FakeCluster();
      await cache.start();
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.disconnect();
      await cache.stop();
    });

    const answer = (answers: Answers): void => {
      cache.answers = (words, index) => ready(words) ?? answers(words, index);
    };

    describe("when a connection is lost before the answer comes", () => {
      let count: number;
      /** The command whose first answer does not come. */
      let isCut: string | undefined;
      beforeEach(() => {
        [count, isCut] = [0, "incr"];
        answer(([name = "", key]) => {
          if (name === isCut) {
            [count, isCut] = [count + 1, undefined];
            return hangUp;
          }
          if (name === "incr" && key === "queued") return queued;
          if (name !== "incr" && name !== "exec") return ok;
          count += 1;
          return name === "exec" ? list(`:${count}\r\n`) : `:${count}\r\n`;
        });
      });

      it("the command fails, is carried out once, and the next one is answered", async () => {
        const redis = open();
        await assert.rejects(redis.incr("count"), { message: lost });
        assert.equal(await redis.incr("count"), 2);
      });

      it("ioredis itself carries it out twice and tells of once: the control case", async () => {
        assert.equal(await openPlain().incr("count"), 2);
      });

      it("connect() does so where an application asks for it", async () => {
        assert.equal(await open({ ...patient }).incr("count"), 2);
      });

      it("a pipeline tells so of each of its commands", async () => {
        const results = await open().pipeline().incr("count").incr("count").exec();
        assert.deepEqual(
          results?.map(([error]) => error?.message),
          [lost, lost],
        );
        assert.equal(count, 1);
      });

      for (const [what, own] of [
        ["usually", {}],
        ["patient", patient],
      ] as const) {
        it(`a transaction is not sent again: ${what}`, async () => {
          isCut = "multi";
          await assert.rejects(open(own).multi().incr("queued").exec(), { message: lost });
          assert.equal(count, 1);
        });
      }
    });

    it("fails what is sent to and fro for ever in its time, and sends it no more", async () => {
      let sent = 0;
      answer(([name]) => {
        if (name === "exec") return "-EXECABORT Transaction discarded because of previous errors.\r\n";
        if (name !== "get") return ok;
        sent += 1;
        return "-MOVED 1 127.82.0.1:6379\r\n";
      });
      const redis = open({ commandTimeout: 2000 });
      await assert.rejects(redis.get("key"), { message: "Command timed out" });
      const before = sent;
      assert.ok(before > 1 && before < 300, String(before));
      await redis.set("key", "value");
      await redis.set("key", "value");
      assert.ok(sent <= before + 1);
      const results = await redis.pipeline().get("key").exec();
      assert.equal(results?.[0]?.[0]?.message, "Command timed out");
      await assert.rejects(redis.multi().get("key").exec(), { message: /^(Command timed out|EXECABORT|MOVED)/ });
    });

    it("lets Redis say that keys are missing, as one connection does: ioredis itself would end the process", async () => {
      const wrong = /^ERR wrong number of arguments for '(get|eval)' command$/;
      answer(([name]) => `-ERR wrong number of arguments for '${name}' command\r\n`);
      const calls: readonly ((client: { get: () => Promise<unknown>; eval: Redis["eval"] }) => Promise<unknown>)[] = [
        (client) => client.get(),
        (client) => client.eval("return 1", 3, "a"),
      ];
      // Before there is a connection, and after.
      const redis = open() as unknown as { get: () => Promise<unknown>; eval: Redis["eval"] };
      for (const call of [...calls, ...calls]) await assert.rejects(call(redis), { message: wrong });
      const pipeline = open().pipeline() as unknown as { get: () => { exec: Redis["exec"] } };
      const results = (await pipeline.get().exec()) as [Error | null][] | null;
      assert.match(results?.[0]?.[0]?.message ?? "", wrong);
    });

    it("goes to no address that a node, or a script, names and the connection file has not", async () => {
      answer(([name]) => (name === "get" ? "-MOVED 1 127.0.0.1:1\r\n" : ok));
      await assert.rejects(openUsual().get("key"), { message: /^(Command timed out|Reached the max retries .*)$/ });
      for (const text of [
        "MOVED 16384 127.82.0.1:6379",
        "MOVED __proto__ 127.82.0.1:6379",
        "ASK 1",
        "MOVED 1 somewhere",
      ]) {
        answer(([name]) => (name === "get" ? `-${text}\r\n` : ok));
        await assert.rejects(open().get("key"), (error: Error) => error.message.startsWith(text.split(" ")[0] ?? ""));
      }
    });

    it("fails each kind of command in its time while nobody answers at all", async () => {
      cache.answers = () => "";
      const redis = openUsual();
      const ends = [
        redis.get("key"),
        redis.pipeline().get("key").exec(),
        redis.multi().get("key").exec(),
        openUsual({ enableAutoPipelining: true }).get("key"),
      ];
      for (const end of await Promise.allSettled(ends)) {
        assert.equal(end.status, "rejected");
        assert.match(
          (end.reason as Error).message,
          /^(Command timed out|Reached the max retries .*|None of startup nodes is available)$/,
        );
      }
    });

    it("says that it finds none where no node can be reached, and goes on looking; what waits fails in words", async () => {
      rmSync(cache.path);
      const redis = open();
      const errors: string[] = [];
      redis.on("error", (error: Error) => errors.push(error.message));
      await assert.rejects(redis.get("key"), {
        message:
          'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
      });
      await waitFor("it has looked again", () => errors.length > 3);
      assert.deepEqual([...new Set(errors)], ["Failed to refresh slots cache."]);
    });

    it("waits with blocking: true for a cluster that is away", async () => {
      await cache.stop();
      cache = new FakeCluster();
      const worker = open({ blocking: true, connectionFile: cache.connectionFile });
      const answered = worker.blpop("queue", 0);
      await new Promise((resolve) => worker.once("reconnecting", resolve));
      await cache.start();
      answer(([name]) => (name === "blpop" ? "*2\r\n$5\r\nqueue\r\n$3\r\njob\r\n" : ok));
      assert.deepEqual(await answered, ["queue", "job"]);
    });

    it("sends again what Redis says it doesn't do now, as the application's reconnectOnError has it", async () => {
      let times = 0;
      answer(([name]) =>
        name === "set" && (times += 1) < 3 ? "-NOREPLICAS Not enough good replicas to write.\r\n" : ok,
      );
      assert.equal(await open({ ...patient }).set("key", "value"), "OK");
      assert.equal(times, 3);
      times = 0;
      await assert.rejects(open().set("key", "value"), { message: "NOREPLICAS Not enough good replicas to write." });
    });

    for (const [what, info, slots] of [
      ["is cut off from the others", "cluster_state:fail", undefined],
      ["has only just begun", "cluster_state:ok", "*0\r\n"],
    ] as const) {
      it(`believes no node that ${what}, whichever it asks first`, async () => {
        const unsound = await cache.add({ info, slots });
        answer(() => "+sound\r\n");
        unsound.others = (words) => ready(words) ?? "-CLUSTERDOWN Hash slot not served\r\n";
        for (let times = 0; times < 20; times += 1) assert.equal(await open().get("key"), "sound");
        // The control case: asked alone, it is not believed, where ioredis would be connected to it.
        const alone = openUsual({ connectionFile: unsound.connectionFile });
        await assert.rejects(alone.get("key"), { message: /^(Command timed out|Reached the max retries .*)$/ });
      });
    }

    it("closes, and what comes after fails", async () => {
      const redis = open();
      await redis.set("key", "value");
      const ended = once(redis, "end");
      redis.disconnect();
      await ended;
      await assert.rejects(redis.get("key"), { message: "Connection is closed." });
    });

    it("is an ioredis cluster, and what other clients are is none", () => {
      const redis = open({ lazyConnect: true });
      const cluster = asCluster(redis);
      assert.ok(cluster instanceof plain.Cluster);
      assert.deepEqual([redis.isCluster, cluster.status], [true, "wait"]);
      assert.equal(asCluster(kept(new plain.Redis({ lazyConnect: true }))), undefined);
    });

    it("has what one connection has: a callback of connect(), end() and a mode", async () => {
      const redis = open({ lazyConnect: true });
      await new Promise<void>((resolve, reject) => {
        void redis.connect((error) => {
          if (error == null) resolve();
          else reject(error);
        });
      });
      assert.deepEqual([redis.status, redis.mode], ["ready", "normal"]);
      const ended = once(redis, "end");
      // Older applications have it.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      redis.end();
      await ended;
    });

    it("takes ioredis's options of one connection and of a cluster, each where it belongs", () => {
      const own = {
        keyPrefix: "a:",
        retryDelayOnTryAgain: 7,
        slotsRefreshTimeout: 300,
        commandTimeout: 100,
        role: "slave",
      } as const;
      const { redisOptions, ...options } =
        asCluster(openUsual({ ...own, lazyConnect: true }))?.options ?? assert.fail();
      assert.equal(options.retryDelayOnTryAgain, 7);
      assert.equal(options.slotsRefreshTimeout, 300);
      assert.equal(options.scaleReads, "slave");
      assert.equal(options.slotsRefreshInterval, 5000);
      assert.equal(options.keyPrefix, "a:");
      assert.equal(redisOptions?.commandTimeout, 100);
      assert.equal(redisOptions.socketTimeout, 2000);
      assert.ok(!("password" in redisOptions));
    });
  });
}

describe("what connect() refuses of a Redis Cluster", () => {
  it("is another database, and what is refused of any cache", () => {
    const cache = new FakeCluster();
    const refusal = (own: ConnectOptions) => () =>
      ours({ connectionFile: cache.connectionFile, lazyConnect: true, ...own });
    assert.throws(refusal({ db: 3 }), {
      message: "connect(): db: got 3. A cluster has database 0 alone: leave it out.",
    });
    assert.throws(refusal({ commandTimeout: 0 }), { message: /^connect\(\): commandTimeout: got 0\./ });
    assert.throws(refusal({ role: "primary" as "master" }), { message: /^connect\(\): role:/ });
    rmSync(join(cache.folder, "password"));
    assert.throws(refusal({}), { message: /^Cannot read / });
    rmSync(cache.folder, { recursive: true });
  });
});
