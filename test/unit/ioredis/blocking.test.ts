import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { install, type Clock } from "@sinonjs/fake-timers";
import type { Redis } from "ioredis";
import type { ConnectOptions } from "../../../src/ioredis/index.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { FakeCache } from "./fakeCache.js";

const job = "*2\r\n$5\r\nqueue\r\n$3\r\njob\r\n";
const lost = /^The connection was lost before the answer came\./;
const [second, hour, day] = [1000, 3_600_000, 86_400_000];

for (const { version, connect } of ioredisMajors()) {
  describe(`connect({ blocking: true }) with ioredis ${version}, by a clock of the test's own`, () => {
    let folder: string;
    let connectionFile: string;
    let clock: Clock;
    let cache: FakeCache;
    const clients: Redis[] = [];

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "connect-blocking-"));
      const passwordFile = join(folder, "password");
      connectionFile = join(folder, "connection.json");
      writeFileSync(passwordFile, "password-of-a-test");
      const record = { schemaVersion: 1, host: "127.0.0.1", port: 6379, username: "web", passwordFile };
      writeFileSync(connectionFile, JSON.stringify(record));
    });
    beforeEach(() => {
      clock = install({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
      cache = new FakeCache();
    });
    afterEach(async () => {
      for (const redis of clients.splice(0)) redis.disconnect();
      await settle();
      clock.uninstall();
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    /** All that can happen without time happens. */
    const settle = async (): Promise<void> => {
      for (let turns = 0; turns < 6; turns += 1) await turn();
    };
    const pass = async (milliseconds: number): Promise<void> => {
      await settle();
      clock.tick(milliseconds);
      await settle();
    };
    const kept = (redis: Redis): Redis => {
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };
    const open = async (options: ConnectOptions = { blocking: true }): Promise<Redis> => {
      const redis = kept(connect({ connectionFile, Connector: cache.connector(), ...options }));
      while (redis.status !== "ready") await turn();
      return redis;
    };
    const answer = (text: string): void => {
      cache.connections.at(-1)?.push(text);
    };
    /** How a command has ended so far. */
    const endOf = (promise: Promise<unknown>): { readonly error?: string; readonly answer?: unknown } => {
      const end: { error?: string; answer?: unknown } = {};
      promise.then(
        (value) => {
          end.answer = value;
        },
        (error: unknown) => {
          end.error = (error as Error).message;
        },
      );
      return end;
    };

    it("a command waits as long as it says, and two seconds more, and gets its job", async () => {
      const redis = await open();
      const end = endOf(redis.blpop("queue", 5));
      await pass(6.9 * second);
      assert.deepEqual(end, {});
      answer(job);
      await settle();
      assert.deepEqual([end, cache.connections.length], [{ answer: ["queue", "job"] }, 1]);
    });

    it("on another connection it doesn't: the control case", async () => {
      const end = endOf((await open({})).blpop("queue", 5));
      await pass(400);
      assert.deepEqual(end, { error: "Command timed out" });
    });

    it("a command that waits for ever gets its job the next day", async () => {
      const redis = await open();
      const end = endOf(redis.blpop("queue", 0));
      await pass(day);
      answer(job);
      await settle();
      assert.deepEqual([end, cache.connections.length], [{ answer: ["queue", "job"] }, 1]);
    });

    it("a silence is noticed when the command's own time is over, and the next one is answered", async () => {
      const redis = await open();
      cache.silent = true;
      const end = endOf(redis.blpop("queue", 5));
      await pass(6.9 * second);
      assert.deepEqual(end, {});
      await pass(200);
      // The old connection is closed and a new one made.
      await pass(500);
      assert.match(end.error ?? "", lost);
      cache.silent = false;
      const next = endOf(redis.echo("there"));
      await pass(500);
      await pass(500);
      assert.deepEqual([next, cache.connections.length > 1], [{ answer: "there" }, true]);
    });

    it("a command that doesn't wait fails after two seconds of silence, not before", async () => {
      const redis = await open();
      await redis.echo("there");
      cache.silent = true;
      const end = endOf(redis.echo("there"));
      await pass(1.9 * second);
      assert.deepEqual(end, {});
      await pass(200);
      await pass(500);
      assert.match(end.error ?? "", lost);
    });

    it("commands wait for the cache as long as it is away, and are sent when it is back", async () => {
      const redis = await open();
      cache.silent = true;
      const first = endOf(redis.echo("first"));
      for (let times = 0; times < 50; times += 1) await pass(500);
      assert.match(first.error ?? "", lost);
      const end = endOf(redis.echo("second"));
      for (let times = 0; times < 50; times += 1) await pass(500);
      assert.deepEqual(end, {});
      cache.silent = false;
      for (let times = 0; times < 10; times += 1) await pass(500);
      assert.deepEqual(end, { answer: "second" });
    });

    it("what follows a command that has waited is waited for as long as always", async () => {
      const redis = await open();
      const waited = endOf(redis.blpop("queue", 3600));
      await pass(hour);
      answer(job);
      await settle();
      cache.silent = true;
      const end = endOf(redis.echo("there"));
      await pass(2.1 * second);
      await pass(500);
      assert.deepEqual(waited, { answer: ["queue", "job"] });
      assert.match(end.error ?? "", lost);
    });

    it("a duplicate waits the same, one that is made while a command waits too", async () => {
      const redis = await open();
      void endOf(redis.blpop("queue", 5));
      assert.equal(redis.options.socketTimeout, 7000);
      const copy = kept(redis.duplicate());
      assert.deepEqual([copy.options.socketTimeout, copy.options.maxRetriesPerRequest], [2000, null]);
      while (copy.status !== "ready") await turn();
      const end = endOf(copy.blpop("queue", 5));
      await pass(6.9 * second);
      assert.deepEqual(end, {});
      answer(job);
      await settle();
      assert.deepEqual(end, { answer: ["queue", "job"] });
    });

    it("takes a time of silence of the caller's own", async () => {
      const redis = await open({ blocking: true, socketTimeout: 10 * second });
      const end = endOf(redis.blpop("queue", 5));
      await pass(14.9 * second);
      assert.deepEqual(end, {});
      await pass(200);
      await pass(500);
      assert.match(end.error ?? "", lost);
    });
  });
}
