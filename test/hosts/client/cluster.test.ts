import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Queue, Worker } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { waitFor } from "../../../lab/until.js";
import { patient, type ConnectOptions } from "../../../src/ioredis/index.js";
import { timeouts } from "../../../src/ioredis/timeouts.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { ClusteredRedis, type ClusteredNode } from "./clusteredRedis.js";
import { watchWrites } from "./watchWrites.js";

/** Why a command may fail with the options that an application has by default. */
const reasons =
  /^(Command timed out|The connection was lost before the answer came\..*|Reached the max retries per request limit .*)$/;

/** On a busy machine a command may take longer than an application has it take, and a node longer than one is waited for. */
const inTime: ConnectOptions = { commandTimeout: 20_000, socketTimeout: 10_000 };

const usually: ConnectOptions = timeouts;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

for (const { version, plain, connect, asCluster } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} to a real Redis Cluster`, () => {
    let cache: ClusteredRedis;
    const clients: (Redis | Cluster)[] = [];
    /** Each ends a load; one that has ended does not mind. */
    const stops: (() => Promise<unknown>)[] = [];
    const open = (options: ConnectOptions = {}): Redis => {
      const { commandTimeout, ...silence } = inTime;
      const time = options.blocking === true ? silence : { commandTimeout, ...silence };
      const redis = connect({ connectionFile: cache.connectionFile, ...time, ...options });
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };
    const clusterOf = (redis: Redis): Cluster => asCluster(redis) ?? assert.fail("no cluster");

    before(async () => {
      await ensureDebianPackages(["redis-server"]);
      cache = new ClusteredRedis();
      await cache.start();
    });
    afterEach(async () => {
      // What a test that failed has left: without its client it would fail over and over, for ever.
      const stopped = stops.splice(0).map((stop) => stop());
      for (const redis of clients.splice(0)) redis.disconnect();
      await Promise.all(stopped);
      await cache.isWhole();
    });
    after(() => cache.remove());

    /** Writes until it is told that it is over; each value once, and in order for each key. */
    const steadily = (redis: Redis, keys: readonly string[]) => {
      const failures: string[] = [];
      const last = new Map<string, number>();
      let [isOver, written] = [false, 0];
      const write = async (key: string): Promise<void> => {
        for (let value = 1; !isOver; value += 1) {
          await redis.set(key, value).then(
            () => {
              last.set(key, value);
              written += 1;
            },
            (error: unknown) => failures.push((error as Error).message),
          );
        }
      };
      const ended = Promise.all(keys.map(write));
      const stop = async (): Promise<void> => {
        isOver = true;
        await ended;
      };
      stops.push(stop);
      return { failures, last, written: () => written, stop };
    };

    /** A key in each shard, by what a node says of its slot. */
    const keyInEachShard = async (): Promise<string[]> => {
      const found = new Map<ClusteredNode, string>();
      for (let number = 0; found.size < 3; number += 1) {
        const key = `key:${number}`;
        const { primary } = await cache.shardOf(key);
        if (!found.has(primary)) found.set(primary, key);
      }
      return [...found.values()];
    };

    it("reads and writes in all shards, by way of the Unix sockets alone", async () => {
      const redis = open();
      await Promise.all(numbers(300).map((number) => redis.set(`all:${number}`, number)));
      const values = await Promise.all(numbers(300).map((number) => redis.get(`all:${number}`)));
      assert.deepEqual(values, numbers(300).map(String));
      const primaries = clusterOf(redis).nodes("master");
      assert.equal(primaries.length, 3);
      for (const { options } of primaries) {
        const node = cache.nodeAt(options.host);
        assert.equal(options.path, node.path);
        const list = await cache.ask(node, "CLIENT", "LIST");
        const ours = list.split("\n").filter((line) => line.includes("user=web"));
        assert.ok(ours.length > 0);
        for (const line of ours) assert.match(line, /addr=\/.*\.sock:0 /);
        assert.ok(Number(await cache.ask(node, "DBSIZE")) > 50);
      }
      assert.equal((await streamed(redis)).filter((key) => key.startsWith("all:")).length, 300);
    });

    const streamed = async (redis: Redis): Promise<string[]> => {
      const keys: string[] = [];
      for await (const some of redis.scanStream({ count: 100 })) keys.push(...(some as string[]));
      return keys;
    };

    it("streams the keys of a primary as well to which the connection was lost since: ioredis knows no such primary then", async () => {
      const redis = open();
      await Promise.all(numbers(300).map((number) => redis.set(`lost:${number}`, number)));
      const primaries = (): Redis[] => clusterOf(redis).nodes("master");
      primaries()[0]?.disconnect();
      await waitFor("the connection is lost", () => primaries().length === 2);
      assert.equal((await streamed(redis)).filter((key) => key.startsWith("lost:")).length, 300);
    });

    it("takes several keys of one slot at a time, and says of others that they are not in one, without a key", async () => {
      const redis = open();
      await redis.mset("{Jane-Roe}:a", "1", "{Jane-Roe}:b", "2");
      assert.deepEqual(await redis.mget("{Jane-Roe}:a", "{Jane-Roe}:b"), ["1", "2"]);
      const [first = "", second = ""] = await keyInEachShard();
      await assert.rejects(redis.mget(first, second), (error: Error & { command?: { args: string[] } }) => {
        assert.equal(error.message, "CROSSSLOT Keys in request don't hash to the same slot");
        assert.deepEqual(error.command?.args, ["5 bytes", "5 bytes"]);
        return true;
      });
      await assert.rejects(redis.pipeline().get(first).get(second).exec(), {
        message: "All keys in the pipeline should belong to the same slots allocation group",
      });
    });

    it("sends the commands of one turn of the event loop together for each node; ioredis by itself does not", async () => {
      const { address } = cache.nodes[0] ?? assert.fail();
      const password = readFileSync(cache.passwordFile, "utf8").trim();
      const itself = new plain.Cluster([{ host: address, port: 6379 }], {
        redisOptions: { username: "web", password },
      });
      clients.push(itself);
      for (const [cluster, most] of [
        [clusterOf(open()), 24],
        [itself, 1],
      ] as const) {
        for (let alone = 0; alone < 2; alone += 1) {
          await Promise.all(numbers(30).map((number) => cluster.set(`batch:${number}`, number)));
        }
        const watched = cluster.nodes("master").map(watchWrites);
        await Promise.all(numbers(200).map((number) => cluster.set(`batch:${number}`, number)));
        const counts = watched.map(({ writes, stop }) => {
          stop();
          return writes.map((text) => text.match(/\r\nset\r\n/g)?.length ?? 0);
        });
        assert.equal(
          counts.flat().reduce((sum, count) => sum + count, 0),
          200,
        );
        assert.equal(Math.max(...counts.flat()), most);
        for (const ofNode of counts) {
          const commands = ofNode.reduce((sum, count) => sum + count, 0);
          assert.ok(ofNode.length <= (most === 1 ? commands : Math.ceil(commands / most) + 1), String(ofNode));
        }
      }
    });

    it("runs pipelines and transactions of one shard, and no transaction without a pipeline", async () => {
      const redis = open();
      const values = (replies: [Error | null, unknown][] | null): unknown[] =>
        (replies ?? []).map(([, value]) => value);
      await redis.del("{one}:count");
      const [pipelined, transaction] = await Promise.all([
        redis.pipeline().incr("{one}:count").incr("{one}:count").exec(),
        redis.multi().incr("{one}:count").get("{one}:count").exec(),
      ]);
      assert.deepEqual(
        [values(pipelined), values(transaction)],
        [
          [1, 2],
          [3, "3"],
        ],
      );
      const refused = { message: /^A cluster takes a transaction as a whole/ };
      await assert.rejects(redis.multi({ pipeline: false }), refused);
      await assert.rejects(redis.call("MULTI"), refused);
    });

    it('reads from replicas with role "slave", and writes all the same', async () => {
      const [writer, reader] = [open(), open({ role: "slave", slotsRefreshInterval: 50 })];
      const keys = await keyInEachShard();
      await Promise.all(keys.map((key) => writer.set(key, "replicated")));
      await waitFor("it knows of all replicas", () => clusterOf(reader).nodes("slave").length === 3);
      await waitFor("replicas have it", async () =>
        (await Promise.all(keys.map((key) => reader.get(key)))).every((value) => value === "replicated"),
      );
      const gets = async (node: ClusteredNode): Promise<number> =>
        Number(/cmdstat_get:calls=(\d+)/.exec(await cache.ask(node, "INFO", "commandstats"))?.[1] ?? 0);
      for (const key of keys) {
        const { primary, replica } = await cache.shardOf(key);
        const before = [await gets(primary), await gets(replica)];
        for (let times = 0; times < 20; times += 1) await reader.get(key);
        const after = [await gets(primary), await gets(replica)];
        assert.deepEqual(
          after.map((count, index) => count - (before[index] ?? 0)),
          [0, 20],
        );
        assert.equal(await reader.set(key, "written"), "OK");
      }
    });

    it("publishes to subscribers at whatever node, and they are subscribed again when their connection is lost", async () => {
      const [subscriber, publisher] = [open(), open()];
      await subscriber.subscribe("news");
      await subscriber.psubscribe("new?");
      const received: string[] = [];
      subscriber.on("message", (_, message: string) => received.push(message));
      subscriber.on("pmessage", (_, __, message: string) => received.push(`p${message}`));
      await publisher.publish("news", "1");
      await waitFor("both have it", () => received.includes("1") && received.includes("p1"));
      for (const node of cache.nodes) await cache.ask(node, "CLIENT", "KILL", "TYPE", "pubsub");
      await waitFor("it is subscribed again", async () => {
        await publisher.publish("news", "2");
        return received.includes("2") && received.includes("p2");
      });
      assert.equal(await subscriber.unsubscribe("news"), 1);
      await assert.rejects(subscriber.ssubscribe("news"), {
        message: /^connect\(\) has no subscriptions of single shards/,
      });
    });

    it("never connects to a node that the connection file has not, and does when it has", async () => {
      const keys = await keyInEachShard();
      const [first = "", second = "", third = ""] = keys;
      const { primary, replica } = await cache.shardOf(third);
      const file = join(cache.folder, "part.json");
      const known = cache.nodes.filter((node) => node !== primary && node !== replica);
      writeFileSync(file, JSON.stringify(cache.connection(known)));
      const redis = open({ ...usually, connectionFile: file, connectionName: "partly" });
      for (const key of [first, second]) await answers(() => redis.set(key, "value"));
      await assert.rejects(redis.set(third, "value"), { message: reasons });
      const connected = async (): Promise<boolean> =>
        (await cache.ask(primary, "CLIENT", "LIST")).includes("name=partly");
      assert.equal(await connected(), false);
      writeFileSync(file, JSON.stringify(cache.connection()));
      await answers(() => redis.set(third, "value"));
      assert.equal(await connected(), true);
    });

    /** Until it answers as it should: whatever it fails with meanwhile says so in time. */
    const answers = async (ask: () => Promise<unknown>): Promise<string[]> => {
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
      for (const message of failures) assert.match(message, reasons);
      return failures;
    };

    it("begins each new connection with the password that the file has at that time", async () => {
      const redis = open();
      const keys = await keyInEachShard();
      await Promise.all(keys.map((key) => redis.set(key, "before")));
      const before = readFileSync(cache.passwordFile, "utf8").trim();
      try {
        for (const node of cache.nodes) await cache.ask(node, "ACL", "SETUSER", "web", "resetpass", ">another");
        cache.writePassword("another");
        for (const node of cache.nodes) await cache.ask(node, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        for (const key of keys) await answers(() => redis.set(key, "after"));
      } finally {
        for (const node of cache.nodes) await cache.ask(node, "ACL", "SETUSER", "web", "resetpass", `>${before}`);
        cache.writePassword(before);
      }
    });

    it("is moved by CLUSTER FAILOVER without a command that fails: patient, or with time; usually, none but for time", async () => {
      const keys = await keyInEachShard();
      const tagged = (tag: string): string[] => keys.map((key) => `{${key}}:${tag}`);
      const waiting = steadily(open({ ...patient, ...inTime }), tagged("waiting"));
      const unhurried = steadily(open(), tagged("unhurried"));
      const usual = steadily(open(usually), tagged("usual"));
      const writers = [waiting, unhurried, usual];
      const transactions = open();
      await writersGoOn(writers);
      for (const key of keys) {
        const { from, to } = await cache.handOver(key);
        assert.notEqual(from, to);
        const part = `{${key}}:part`;
        const results = await transactions.multi().set(part, "1").incr(part).exec();
        assert.deepEqual(results, [
          [null, "OK"],
          [null, 2],
        ]);
        await writersGoOn(writers);
      }
      for (const writer of writers) await writer.stop();
      assert.deepEqual([waiting.failures, unhurried.failures], [[], []]);
      for (const message of usual.failures) assert.equal(message, "Command timed out");
      await holds(writers);
    });

    /** What was written last is there; of what failed for its time nobody knows. */
    const holds = async (writers: readonly { last: ReadonlyMap<string, number>; failures: readonly string[] }[]) => {
      const reader = open();
      for (const { last, failures } of writers) {
        for (const [key, value] of last) {
          const kept = Number(await reader.get(key));
          assert.ok(kept === value || (failures.length > 0 && kept > value), `${key}: ${kept}, not ${value}`);
        }
      }
    };

    const writersGoOn = async (writers: readonly { written: () => number }[]): Promise<void> => {
      const before = writers.map(({ written }) => written());
      await waitFor("all write on", () =>
        writers.every(({ written }, index) => written() > (before[index] ?? 0) + 100),
      );
    };

    it("follows slots that move under load, single commands, pipelines, transactions and several keys at a time, and none fails", async () => {
      const [redis, waiting] = [open(), open({ ...patient, ...inTime })];
      const tag = "moving";
      const { slot, primary, replica } = await cache.shardOf(`{${tag}}`);
      const other = await otherPrimary(primary, replica);
      await Promise.all(numbers(200).map((number) => redis.set(`{${tag}}:${number}`, number)));
      const failures: string[] = [];
      let [isOver, rounds] = [false, 0];
      const load = async (work: (round: number) => Promise<unknown>): Promise<void> => {
        for (let round = 0; !isOver; round += 1) {
          await work(round).catch((error: unknown) => failures.push((error as Error).message));
          rounds += 1;
        }
      };
      const key = (round: number): string => `{${tag}}:${round % 200}`;
      const resultsOf = async (sent: Promise<[Error | null, unknown][] | null>): Promise<void> => {
        for (const [error] of (await sent) ?? []) if (error !== null) throw error;
      };
      const counts = { single: 0, pipelined: 0, transaction: 0, fresh: 0 };
      const loads = [
        load(async () => (counts.single = Math.max(counts.single, await redis.incr(`{${tag}}:single`)))),
        load(async (round) => {
          assert.equal(await redis.get(key(round)), String(round % 200));
        }),
        load(async (round) => {
          await resultsOf(
            redis.pipeline().incr(`{${tag}}:pipelined`).get(key(round)).incr(`{${tag}}:pipelined`).exec(),
          );
          counts.pipelined += 2;
        }),
        load(async () => {
          await resultsOf(redis.multi().incr(`{${tag}}:transaction`).incr(`{${tag}}:transaction`).exec());
          counts.transaction += 2;
        }),
        // Keys that are new are at neither node.
        load(async (round) => {
          const fresh = [`{${tag}}:${round}:a`, `{${tag}}:${round}:b`] as const;
          const results = await redis.multi().incr(fresh[0]).incr(fresh[1]).exec();
          assert.deepEqual(results?.flat(), [null, 1, null, 1]);
          await redis.unlink(...fresh);
          counts.fresh += 1;
        }),
        // Two keys that are at two nodes are at none, until both have moved.
        load((round) => waiting.mget(key(round), key(round + 1))),
      ];
      const stop = async (): Promise<void> => {
        isOver = true;
        await Promise.all(loads);
      };
      stops.push(stop);
      const moves = async (): Promise<void> => {
        for (let times = 0; times < 3; times += 1) {
          await cache.moveSlot(slot, primary, other);
          await cache.moveSlot(slot, other, primary);
        }
      };
      await moves();
      await stop();
      assert.deepEqual(failures, []);
      assert.ok(rounds > 100, String(rounds));
      const { fresh, ...counted } = counts;
      assert.ok(fresh > 0, String(fresh));
      assert.deepEqual(
        await redis.mget(...Object.keys(counted).map((name) => `{${tag}}:${name}`)),
        Object.values(counted).map(String),
      );
    });

    it("lets go of a node that loses its last slot under load, and no command fails; and takes it up again", async () => {
      const [first = ""] = await keyInEachShard();
      const { primary, replica } = await cache.shardOf(first);
      const other = await otherPrimary(primary, replica);
      const redis = open();
      const keys = numbers(30).map((number) => `{${first}}:${number}`);
      const writer = steadily(redis, keys);
      await writersGoOn([writer]);
      const leads = (): boolean =>
        clusterOf(redis)
          .nodes("master")
          .some(({ options }) => options.host === primary.address);
      const slots = await cache.slotsOf(primary);
      await cache.moveSlots(slots, primary, other);
      await writersGoOn([writer]);
      await waitFor("it has been let go", () => {
        clusterOf(redis).refreshSlotsCache();
        return !leads();
      });
      await cache.moveSlots(slots, other, primary);
      await waitFor("it is there again", leads);
      await writersGoOn([writer]);
      await writer.stop();
      assert.deepEqual(writer.failures, []);
      await holds([writer]);
    });

    it("runs BullMQ's queue and its worker", async () => {
      const options = { prefix: "{jobs}" };
      const queue = new Queue("reminders", { connection: open(), ...options });
      const done: unknown[] = [];
      const worker = new Worker(
        "reminders",
        (job) => {
          done.push(job.data);
          return Promise.resolve();
        },
        { connection: open({ blocking: true }), ...options },
      );
      // Of what waits when it is closed.
      worker.on("error", () => undefined);
      try {
        for (const visit of numbers(20)) await queue.add("remind", { visit });
        await waitFor("all jobs are done", () => done.length === 20);
        await cache.handOver("{jobs}");
        await queue.add("remind", { visit: "last" });
        await waitFor("the last one is done", () => done.length === 21);
      } finally {
        await worker.close();
        await queue.close();
      }
    });

    const otherPrimary = async (primary: ClusteredNode, replica: ClusteredNode): Promise<ClusteredNode> => {
      for (const node of cache.nodes) {
        if (node === primary || node === replica) continue;
        if ((await cache.ask(node, "INFO", "replication")).includes("role:master")) return node;
      }
      return assert.fail("no other primary");
    };

    it("writes on after a primary was killed, in the other shards without a failure, and what fails says so", async () => {
      const keys = await keyInEachShard();
      const [lost = "", ...others] = keys;
      const { primary, replica } = await cache.shardOf(lost);
      const usual = steadily(open(usually), [lost]);
      const elsewhere = steadily(
        open(),
        others.map((key) => `{${key}}:elsewhere`),
      );
      const waiting = steadily(open({ ...patient, ...inTime }), [`{${lost}}:waiting`]);
      const all = [usual, elsewhere, waiting];
      await writersGoOn(all);
      await cache.kill(primary);
      await waitFor("the replica leads", async () =>
        (await cache.ask(replica, "INFO", "replication")).includes("role:master"),
      );
      await writersGoOn(all);
      await cache.startNode(primary);
      for (const writer of all) await writer.stop();
      assert.deepEqual([elsewhere.failures, waiting.failures], [[], []]);
      assert.ok(usual.failures.length > 0);
      for (const message of usual.failures) assert.match(message, reasons);
      await holds(all);
    });

    it("fails while a node is silent, and is back by itself; other nodes answer on", async () => {
      const redis = open(usually);
      const [first = "", second = ""] = await keyInEachShard();
      for (const key of [first, second]) await answers(() => redis.set(key, "x"));
      const { primary } = await cache.shardOf(first);
      cache.signal(primary, "SIGSTOP");
      try {
        await assert.rejects(redis.get(first), { message: "Command timed out" });
        await answers(async () => {
          assert.equal(await redis.get(second), "x");
        });
      } finally {
        cache.signal(primary, "SIGCONT");
      }
      await answers(() => redis.set(first, "back"));
    });

    it("has a worker that waits for its next job get it from the new primary", async () => {
      const [worker, producer] = [open({ blocking: true }), open()];
      const { primary } = await cache.shardOf("queue");
      let job: unknown;
      // Where no replica follows the new primary yet, it refuses the worker, who asks again.
      const working = answers(async () => {
        job = await worker.blpop("queue", 0);
      });
      working.catch(() => undefined);
      await waitFor("it waits", async () => (await cache.ask(primary, "CLIENT", "LIST")).includes("cmd=blpop"));
      await cache.handOver("queue");
      await answers(() => producer.rpush("queue", "job"));
      for (const message of await working) assert.match(message, /^NOREPLICAS /);
      assert.deepEqual(job, ["queue", "job"]);
    });

    it("makes duplicates that go the same way, by options of a cluster and of one connection", async () => {
      const redis = open();
      const ofCluster = clusterOf(redis).duplicate(undefined, { redisOptions: { connectionName: "copy" } });
      const ofOne = redis.duplicate({ connectionName: "copy" });
      for (const copy of [ofCluster, clusterOf(ofOne)]) {
        clients.push(copy);
        assert.equal(await copy.set("key", "value"), "OK");
        const node = copy.nodes("master").find(({ status }) => status === "ready");
        assert.equal(node?.options.path, cache.nodeAt(node?.options.host).path);
        assert.equal(await node.client("GETNAME"), "copy");
      }
    });
  });
}
