import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { Redis } from "ioredis";
import { waitFor } from "../../../lab/until.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { BatchingConnector } from "../../../src/ioredis/batchingConnector.js";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";
import { timeouts } from "../../../lab/load/timeouts.js";
import { startRedisServer, type RedisServer } from "./redisServer.js";
import { watchWrites } from "./watchWrites.js";

/** The commands in each of the client's writes when it sends 200 at a time: the first by itself, the others in pieces. */
const joined = [1, ...Array.from({ length: 8 }, () => 24), 7];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("connect() against a real Redis", () => {
  let server: RedisServer;
  const clients: Redis[] = [];
  const open = (options: ConnectOptions = {}): Redis => {
    const redis = connect({ connectionFile: server.connectionFile, ...timeouts, ...options });
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

  /** How many commands of 200 in one turn are in each write of the client's socket, on a connection that stands. */
  const commandsInEachWrite = async (redis: Redis): Promise<number[]> => {
    // An answer to a command that was alone: what went before, the connection's own commands with it, is over.
    for (let alone = 0; alone < 2; alone += 1) await redis.ping();
    const { writes, stop } = watchWrites(redis);
    await Promise.all(numbers(200).map((number) => redis.set(`key:${number}`, number)));
    stop();
    return writes.map((text) => text.match(/\r\nset\r\n/g)?.length ?? 0);
  };

  it("sends the commands of one turn of the event loop together", async () => {
    assert.deepEqual(await commandsInEachWrite(open()), joined);
  });

  it("sends each by itself where sockets do not batch: the control case", async () => {
    const { host, port, password } = { host: "127.0.0.1", ...server };
    const plain = new Redis({ host, port, password });
    clients.push(plain);
    assert.deepEqual(
      await commandsInEachWrite(plain),
      numbers(200).map(() => 1),
    );
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
    // Should what comes before fail, that is what is told.
    answers.catch(() => undefined);
    await waitFor("the command waits in Redis", async () => String(await pushing.client("LIST")).includes("cmd=blpop"));
    await pushing.rpush("queue", "job");
    assert.deepEqual(await answers, [["queue", "job"], 1, "1"]);
  });

  it("waits on a blocking connection for longer than a command may take on another: the control case", async () => {
    const ready = async (options: ConnectOptions): Promise<Redis> => {
      const redis = connect({ connectionFile: server.connectionFile, ...options });
      clients.push(redis);
      await redis.ping();
      return redis;
    };
    assert.equal(await (await ready({ blocking: true })).blpop("nothing", 1), null);
    const other = await ready({});
    await assert.rejects(other.blpop("nothing", 1), { message: "Command timed out" });
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
    const values = (replies: [Error | null, unknown][] | null): unknown[] => (replies ?? []).map(([, value]) => value);
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
    assert.deepEqual(await commandsInEachWrite(redis), joined);
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
    assert.deepEqual(await commandsInEachWrite(copy), joined);
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
