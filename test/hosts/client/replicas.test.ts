import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { waitFor } from "../../../lab/until.js";
import { patient, type ConnectOptions } from "../../../src/ioredis/index.js";
import { inTime } from "../../support/inTime.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { ReplicatedRedis, type Index } from "./replicatedRedis.js";

/** Why a command may fail with the options that an application has by default. */
const reasons =
  /^(Command timed out|The connection was lost before the answer came\..*|Reached the max retries per request limit .*|NOREPLICAS .*)$/;

for (const { version, connect } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} to a cache with replicas and real Sentinels`, () => {
    let cache: ReplicatedRedis;
    const clients: Redis[] = [];
    const servers: Server[] = [];
    const openUsual = (options: ConnectOptions = {}): Redis => {
      const redis = connect({ connectionFile: cache.connectionFile, ...options });
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };
    const open = (options: ConnectOptions = {}): Redis => openUsual(inTime(options));
    const socketOf = (index: Index): string => cache.nodes[index].socket;
    const indexOf = (redis: Redis): number => cache.nodes.findIndex(({ socket }) => socket === redis.options.path);

    before(async () => {
      await ensureDebianPackages(["redis-server"]);
      cache = new ReplicatedRedis();
      await cache.start();
    });
    afterEach(async () => {
      for (const redis of clients.splice(0)) redis.disconnect();
      for (const server of servers.splice(0)) server.close();
      await cache.isWhole();
    });
    after(() => cache.remove());

    /** Until it answers as it should: whatever it fails with meanwhile says so in time. */
    const answers = async (redis: Redis, ask: () => Promise<unknown>): Promise<string[]> => {
      const failures: string[] = [];
      await waitFor("the cache answers again", async () => {
        try {
          await ask();
          return true;
        } catch (error) {
          failures.push((error as Error).message);
          return false;
        }
      });
      assert.equal(redis.status, "ready");
      return failures;
    };

    /** A Sentinel that says of any question that this node is the primary. */
    const liar = async (name: string, index: Index): Promise<string> => {
      const path = join(cache.folder, name);
      const { address } = cache.nodes[index];
      const server = createServer((socket: Socket) => {
        socket.on("error", () => undefined);
        socket.on("data", (data) => {
          const count = data.toString().match(/\r\n(auth|SENTINEL)\r\n/gi) ?? [];
          for (const word of count) {
            socket.write(/auth/i.test(word) ? "+OK\r\n" : `*2\r\n$${address.length}\r\n${address}\r\n$4\r\n6379\r\n`);
          }
        });
      }).listen(path);
      servers.push(server);
      await once(server, "listening");
      return path;
    };

    it("is at the primary, and its duplicate too", async () => {
      const redis = open();
      assert.equal(await redis.set("key", "value"), "OK");
      const primary = await cache.primary();
      assert.equal(indexOf(redis), primary);
      const copy = redis.duplicate();
      clients.push(copy);
      assert.equal(await copy.get("key"), "value");
      assert.equal(indexOf(copy), primary);
    });

    it('reads from a replica with role "slave", and no write moves it', async () => {
      const [writer, reader] = [open(), open({ role: "slave" })];
      await writer.set("key", "replicated");
      await waitFor("the replica has it", async () => (await reader.get("key")) === "replicated");
      assert.notEqual(indexOf(reader), await cache.primary());
      let reconnections = 0;
      reader.on("reconnecting", () => (reconnections += 1));
      await assert.rejects(reader.set("key", "x"), {
        message: "READONLY You can't write against a read only replica.",
      });
      assert.equal(await reader.get("key"), "replicated");
      assert.equal(reconnections, 0);
    });

    it("believes the majority, and not a Sentinel that lies or is away", async () => {
      const primary = await cache.primary();
      const other = ((primary + 1) % 3) as Index;
      const [first, second] = cache.nodes.map(({ sentinelSocket }) => sentinelSocket);
      const lies = await liar("liar.sock", other);
      for (const third of [lies, join(cache.folder, "nobody.sock")]) {
        const redis = open({ connectionFile: cache.fileWith("one.json", [third, first, second]) });
        assert.equal(await redis.set("key", "value"), "OK");
        assert.equal(indexOf(redis), primary);
      }
    });

    it("control case: goes where two of three lie, finds no primary there, and fails in words", async () => {
      const other = (((await cache.primary()) + 1) % 3) as Index;
      const lies = [await liar("liar.sock", other), await liar("other.sock", other)];
      const redis = openUsual({
        connectionFile: cache.fileWith("two.json", [...lies, cache.nodes[0].sentinelSocket]),
      });
      const connected = once(redis, "connect");
      await assert.rejects(redis.set("key", "value"), { message: reasons });
      await connected;
      assert.equal(redis.options.path, socketOf(other));
      assert.notEqual(redis.status, "ready");
    });

    it("fails where half of the Sentinels are away or more, says why, and goes on asking", async () => {
      const nobody = join(cache.folder, "nobody.sock");
      const redis = openUsual({
        connectionFile: cache.fileWith("none.json", [nobody, nobody, cache.nodes[0].sentinelSocket]),
      });
      const errors: string[] = [];
      redis.on("error", (error: Error) => errors.push(error.message));
      await assert.rejects(redis.get("key"), { message: reasons });
      await waitFor("it has asked again", () => errors.length > 2);
      assert.deepEqual([...new Set(errors)], ["No majority of the cache's Sentinels names a primary."]);
    });

    it("fails while all Sentinels are silent, can be closed meanwhile, and is back by itself", async () => {
      cache.signalSentinels("SIGSTOP");
      const [redis, closed] = [openUsual(), openUsual()];
      try {
        await assert.rejects(redis.get("key"), { message: reasons });
        const ended = new Promise((resolve) => closed.once("end", resolve));
        closed.disconnect();
        await ended;
        await assert.rejects(closed.get("key"), { message: "Connection is closed." });
      } finally {
        cache.signalSentinels("SIGCONT");
      }
      await answers(redis, () => redis.set("key", "value"));
    });

    it("goes on while all Sentinels are silent where it stands already", async () => {
      const redis = open();
      await redis.set("key", "value");
      cache.signalSentinels("SIGSTOP");
      try {
        for (let times = 0; times < 20; times += 1) assert.equal(await redis.get("key"), "value");
      } finally {
        cache.signalSentinels("SIGCONT");
      }
    });

    it("goes to the new primary with what the old one has refused, and sends no part of a transaction alone", async () => {
      const [redis, pipelined, single] = [open(), open(), open()];
      await Promise.all([redis, pipelined, single].map((one) => one.set("key", "before")));
      const { from, to } = await cache.handOver();
      // No one has been told: each has a connection to what is a replica now.
      assert.deepEqual([redis, pipelined, single].map(indexOf), [from, from, from]);
      await single.multi({ pipeline: false });
      const refused = await Promise.allSettled([
        pipelined.multi().set("pipelined", "x").exec(),
        single.set("single", "x"),
      ]);
      assert.deepEqual(
        refused.map((one) => one.status === "rejected" && (one.reason as Error).message.split(" ")[0]),
        ["EXECABORT", "READONLY"],
      );
      assert.equal(await redis.set("key", "after"), "OK");
      assert.deepEqual([indexOf(redis), await redis.get("key")], [to, "after"]);
      assert.deepEqual(await redis.mget("pipelined", "single"), [null, null]);
      await answers(pipelined, () => pipelined.multi().set("pipelined", "y").exec());
      assert.equal(await redis.get("pipelined"), "y");
    });

    it("waits through a handover with `patient`, and no command fails; without, some do, in words", async () => {
      const ended = { patient: [] as string[], usual: [] as string[] };
      let isOver = false;
      const load = async (redis: Redis, failures: string[]): Promise<void> => {
        while (!isOver) await redis.incr("count").catch((error: unknown) => failures.push((error as Error).message));
      };
      const [waiting, usual] = [openUsual({ ...patient }), openUsual()];
      await Promise.all([waiting, usual].map((redis) => answers(redis, () => redis.ping())));
      const loads = [load(waiting, ended.patient), load(usual, ended.usual)];
      let to: Index;
      try {
        ({ to } = await cache.handOver());
        await Promise.all([waiting, usual].map((redis) => answers(redis, () => redis.set("after", "x"))));
      } finally {
        isOver = true;
        await Promise.all(loads);
      }
      assert.deepEqual([indexOf(waiting), indexOf(usual)], [to, to]);
      assert.deepEqual(ended.patient, []);
      assert.ok(ended.usual.length > 0);
      for (const message of ended.usual) assert.match(message, reasons);
    });

    it("has a worker that waits for its next job get it from the new primary", async () => {
      const [worker, producer] = [open({ blocking: true }), open()];
      let job: unknown;
      // Where no replica follows the new primary yet, it refuses the worker, who asks again.
      const working = answers(worker, async () => {
        job = await worker.blpop("queue", 0);
      });
      working.catch(() => undefined);
      const from = await cache.primary();
      await waitFor("it waits", async () =>
        String(await cache.toRedis(from, ["CLIENT", "LIST"])).includes("cmd=blpop"),
      );
      const { to } = await cache.handOver();
      await answers(producer, () => producer.rpush("queue", "job"));
      for (const message of await working) assert.match(message, /^NOREPLICAS /);
      assert.deepEqual(job, ["queue", "job"]);
      assert.equal(indexOf(worker), to);
    });

    it("looks for another primary where this one has no replicas, at most once a second", async () => {
      const redis = open();
      await redis.set("key", "value");
      const primary = await cache.primary();
      const replicas = ([0, 1, 2] as const).filter((index) => index !== primary);
      for (const index of replicas) await cache.killRedis(index);
      try {
        const refused = async (): Promise<boolean> =>
          redis.set("key", "x").then(
            () => false,
            (error: unknown) => (error as Error).message.startsWith("NOREPLICAS"),
          );
        const connected = once(redis, "connect");
        await waitFor("the primary says so", refused);
        await connected;
        const began = performance.now();
        let connections = 0;
        redis.on("connect", () => (connections += 1));
        while (performance.now() - began < 2500) await refused();
        assert.ok(connections >= 1 && connections <= 3, String(connections));
        assert.equal(await redis.get("key"), "value");
      } finally {
        for (const index of replicas) await cache.startRedis(index, primary);
      }
      await answers(redis, () => redis.set("key", "again"));
    });

    it("writes again by itself after the primary was killed, and what fails meanwhile says so", async () => {
      const redis = openUsual();
      await answers(redis, () => redis.set("key", "value"));
      const from = await cache.primary();
      await waitFor("a replica has it", async () => (await cache.toRedis(from, ["WAIT", "2", "100"]))[0] === 2);
      await cache.killRedis(from);
      const failures = await answers(redis, () => redis.set("other", "x"));
      assert.ok(failures.length > 0);
      for (const message of failures) assert.match(message, reasons);
      assert.notEqual(indexOf(redis), from);
      assert.equal(await open().get("key"), "value");
      await cache.startRedis(from, indexOf(redis) as Index);
    });
  });
}
