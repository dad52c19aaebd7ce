import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { BatchingConnector } from "../../../src/ioredis/batchingConnector.js";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";
import { patience } from "../../../lab/load/patience.js";
import { startRedisServer, type RedisServer } from "./redisServer.js";

/**
 * For 200 commands: the first by itself, nine pieces of at most twenty-four, and the INFO; a read that gets only a part
 * of a piece may add one.
 */
const mostReads = 12;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("connect() against a real Redis", () => {
  let server: RedisServer;
  const clients: Redis[] = [];
  const open = (options: ConnectOptions = {}): Redis => {
    const redis = connect({ connectionFile: server.connectionFile, ...patience, ...options });
    redis.on("error", () => undefined);
    clients.push(redis);
    return redis;
  };
  before(async () => {
    await ensureDebianPackages(["redis-server"]);
    server = await startRedisServer();
  });
  afterEach(async () => {
    for (const redis of clients.splice(0)) redis.disconnect();
    const { port, password } = server;
    const redis = new Redis({ port, password });
    await redis.flushall();
    redis.disconnect();
  });
  after(() => server.stop());

  /** How often Redis reads from sockets, by its own count, for 200 commands of one turn and the INFO that asks. */
  const readsOfManyCommands = async (redis: Redis): Promise<number> => {
    const reads = async (): Promise<number> =>
      Number(/total_reads_processed:(\d+)/.exec(await redis.info("stats"))?.[1]);
    const before = await reads();
    await Promise.all(numbers(200).map((number) => redis.set(`key:${number}`, number)));
    return (await reads()) - before;
  };

  it("sends the commands of one turn of the event loop together", async () => {
    const redis = open();
    await redis.ping();
    assert.ok((await readsOfManyCommands(redis)) <= mostReads);
  });

  it("keeps the order of commands, from before it is connected on, of texts and of buffers", async () => {
    const redis = open();
    const letters = numbers(500).map((number) => String.fromCharCode(97 + (number % 26)));
    const lengths = await Promise.all(
      letters.map((letter, index) => redis.append("text", index % 3 === 0 ? Buffer.from(letter) : letter)),
    );
    assert.deepEqual(
      lengths,
      numbers(500).map((number) => number + 1),
    );
    assert.equal(await redis.get("text"), letters.join(""));
  });

  it("keeps the order when commands come alone and in crowds by turns", async () => {
    const redis = open();
    const counts: number[] = [];
    for (const size of [1, 1, 1, 30, 1, 1, 2, 1, 200, 1, 1]) {
      counts.push(...(await Promise.all(numbers(size).map(() => redis.incr("count")))));
    }
    assert.deepEqual(
      counts,
      numbers(240).map((number) => number + 1),
    );
  });

  it("waits with a blocking command, and answers what comes behind it", async () => {
    const [waiting, pushing] = [open(), open()];
    await waiting.ping();
    const answers = Promise.all([waiting.blpop("queue", 0), waiting.incr("count"), waiting.get("count")]);
    while (!String(await pushing.client("LIST")).includes("cmd=blpop")) await pushing.ping();
    await pushing.rpush("queue", "job");
    assert.deepEqual(await answers, [["queue", "job"], 1, "1"]);
  });

  it("hands large values through whole, more than a socket's buffers take", async () => {
    const redis = open();
    const value = (number: number): string => `${number} `.repeat(20_000);
    await Promise.all(numbers(100).map((number) => redis.set(`large:${number}`, value(number))));
    const back = await Promise.all(numbers(100).map((number) => redis.get(`large:${number}`)));
    assert.ok(back.every((text, number) => text === value(number)));
  });

  it("runs pipelines and transactions between other commands", async () => {
    const redis = open();
    const [first, pipelined, transaction, last] = await Promise.all([
      redis.incr("count"),
      redis.pipeline().incr("count").incr("count").exec(),
      redis.multi().incr("count").incr("count").exec(),
      redis.incr("count"),
    ]);
    const values = (replies: [Error | null, unknown][] | null): unknown[] =>
      (replies ?? []).map(([, value]) => value);
    assert.deepEqual([first, values(pipelined), values(transaction), last], [1, [2, 3], [4, 5], 6]);
  });

  it("publishes and receives in order, also after a reconnection", async () => {
    const [subscriber, publisher] = [open(), open()];
    await subscriber.subscribe("news");
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      subscriber.on("message", (_, message: string) => {
        if (received.push(message) === 200) resolve();
      });
    });
    const send = (first: number): Promise<unknown> =>
      Promise.all(numbers(100).map((number) => publisher.publish("news", String(first + number))));
    await send(0);
    const again = once(subscriber, "ready");
    await publisher.call("CLIENT", "KILL", "TYPE", "pubsub");
    await again;
    await subscriber.ping();
    await send(100);
    await all;
    assert.deepEqual(received, numbers(200).map(String));
  });

  it("batches on the new socket when it has reconnected", async () => {
    const redis = open();
    await redis.set("key", "kept");
    const again = once(redis, "ready");
    await redis.call("CLIENT", "KILL", "SKIPME", "no").catch(() => undefined);
    await again;
    assert.equal(await redis.get("key"), "kept");
    assert.ok((await readsOfManyCommands(redis)) <= mostReads);
  });

  it("sends what is held before it closes", async () => {
    const redis = open();
    await redis.ping();
    const [, answer] = await Promise.all([redis.set("last", "word"), redis.quit()]);
    assert.equal(answer, "OK");
    assert.equal(await open().get("last"), "word");
  });

  it("loses nothing of a turn that ends in disconnect()", async () => {
    const redis = open();
    await redis.ping();
    const closed = once(redis, "end");
    redis.set("parting", "word").catch(() => undefined);
    redis.disconnect();
    await closed;
    assert.equal(await open().get("parting"), "word");
  });

  it("hands its ways to duplicates, and gives way to the caller's own connector", async () => {
    const copy = open().duplicate();
    clients.push(copy);
    await copy.ping();
    assert.ok((await readsOfManyCommands(copy)) <= mostReads);
    let asked = 0;
    class Own extends BatchingConnector {
      override connect(): Promise<Socket> {
        asked += 1;
        return super.connect();
      }
    }
    assert.equal(await open({ Connector: Own }).ping(), "PONG");
    assert.equal(asked, 1);
  });
});
