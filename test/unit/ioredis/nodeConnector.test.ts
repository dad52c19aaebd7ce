import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { waitFor } from "../../../lab/until.js";
import type { ConnectOptions } from "../../../src/ioredis/index.js";
import { inTime } from "../../support/inTime.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { list, ok, ready, RepeatingServer, type Answers } from "./repeatingServer.js";

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
const texts = (...items: string[]): string => list(...items.map(bulk));

const sentinels = [0, 1, 2] as const;

for (const { version, connect } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} to the node that Sentinels name`, () => {
    let folder: string;
    let servers: RepeatingServer[];
    let asked: string[][];
    let clients: Redis[];
    const at = (name: string): Promise<RepeatingServer> => RepeatingServer.start(join(folder, name));
    const open = (options: ConnectOptions = {}): Redis => {
      const redis = connect({ connectionFile: join(folder, "connection.json"), ...inTime(options) });
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "connector-"));
      [servers, asked, clients] = [[], [], []];
      writeFileSync(join(folder, "password"), "secret-password\n");
      const nodes = sentinels.map((index) => ({
        name: `sessions-${index}`,
        address: `127.82.0.${index + 1}`,
        path: join(folder, `sessions-${index}.sock`),
        sentinelPath: join(folder, `sessions-${index}.sentinel.sock`),
      }));
      const record = {
        schemaVersion: 3,
        cache: "sessions",
        client: "web",
        username: "web",
        sentinelName: "main",
        nodes,
      };
      writeFileSync(
        join(folder, "connection.json"),
        JSON.stringify({ ...record, passwordFile: join(folder, "password") }),
      );
      for (const index of sentinels) {
        const [redis, sentinel] = [await at(`sessions-${index}.sock`), await at(`sessions-${index}.sentinel.sock`)];
        redis.answers = (words) => ready(words) ?? bulk(`sessions-${index}`);
        servers.push(redis, sentinel);
      }
    });
    afterEach(async () => {
      for (const redis of clients) redis.disconnect();
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true });
    });

    /** Has each Sentinel answer in its way; without one they answer alike. */
    const say = (...each: ((words: readonly string[]) => string)[]): void => {
      for (const index of sentinels) {
        const answer = each[index] ?? each[0] ?? (() => ok);
        const answers: Answers = (words) => {
          asked.push([...words]);
          return words[0]?.toLowerCase() === "auth" ? ok : answer(words);
        };
        Object.assign(servers[2 * index + 1] ?? {}, { answers });
      }
    };
    const primary = (address: string) => (): string => texts(address, "6379");

    it("asks each as the client, with two commands and no other", async () => {
      say(primary("127.82.0.2"));
      const redis = open();
      assert.equal(await redis.get("key"), "sessions-1");
      assert.equal(redis.options.path, join(folder, "sessions-1.sock"));
      await waitFor("all have been asked", () => asked.length === 6);
      const said = asked.map(([name = "", ...words]) => [name.toLowerCase(), ...words].join(" ")).sort();
      assert.deepEqual(said, [
        ...Array.from({ length: 3 }, () => "auth web secret-password"),
        ...Array.from({ length: 3 }, () => "sentinel get-master-addr-by-name main"),
      ]);
    });

    it("goes nowhere but to the cache's own nodes, whoever is named, and to none where none is", async () => {
      for (const answer of [primary("10.0.0.9"), () => "*-1\r\n", () => ":5\r\n", () => "-ERR no\r\n", () => texts()]) {
        say(answer);
        const redis = open({ retryStrategy: () => 1 });
        const errors: string[] = [];
        redis.on("error", (error: Error) => errors.push(error.message));
        await assert.rejects(redis.get("key"), /Reached the max retries/);
        assert.deepEqual([...new Set(errors)], ["No majority of the cache's Sentinels names a primary."]);
        assert.equal(redis.options.path, folder);
        redis.disconnect();
      }
    });

    it("leaves a node that is not what it was taken for, and asks again", async () => {
      say(primary("127.82.0.1"));
      const [first] = servers;
      assert.ok(first);
      first.answers = (words) => (words[0] === "info" ? bulk("role:slave\r\n") : (ready(words) ?? bulk("slave")));
      const redis = open({ retryStrategy: () => 1, maxRetriesPerRequest: null });
      const answer = redis.get("key");
      await once(redis, "reconnecting");
      say(primary("127.82.0.3"));
      assert.equal(await answer, "sessions-2");
    });

    it('takes turns among the replicas that a majority finds well, with role "slave"', async () => {
      const replica = (address: string, [flags, link]: readonly [string, string]): string =>
        texts("name", address, "ip", address, "port", "6379", "flags", flags, "master-link-status", link);
      const well = ["slave", "ok"] as const;
      for (const [second, third, seen] of [
        [well, well, ["sessions-1", "sessions-2"]],
        [well, ["slave", "err"], ["sessions-1"]],
        [["s_down,slave", "ok"], well, ["sessions-2"]],
        [["slave,disconnected", "ok"], well, ["sessions-2"]],
        [["slave", ""], ["o_down,slave", "ok"], []],
      ] as const) {
        const all = list(replica("127.82.0.2", second), replica("127.82.0.3", third));
        // One of them has not heard of any.
        say(
          () => all,
          () => all,
          () => "*0\r\n",
        );
        const redis = open({ role: "slave", retryStrategy: () => 1 });
        const answers = new Set<string>();
        for (let times = 0; times < 4 && seen.length > 0; times += 1) {
          answers.add(String(await redis.get("key")));
          const again = new Promise((resolve) => redis.once("ready", resolve));
          redis.disconnect(true);
          await again;
        }
        if (seen.length === 0) await assert.rejects(redis.get("key"), /Reached the max retries/);
        assert.deepEqual([...answers].sort(), seen);
        redis.disconnect();
      }
    });

    it("has a duplicate find its own way, and the password of now", async () => {
      say(primary("127.82.0.1"));
      const redis = open();
      assert.equal(await redis.get("key"), "sessions-0");
      say(primary("127.82.0.2"));
      writeFileSync(join(folder, "password"), "another-password\n");
      asked = [];
      const copy = redis.duplicate();
      clients.push(copy);
      assert.equal(await copy.get("key"), "sessions-1");
      assert.ok(asked.some((words) => words[2] === "another-password"));
      assert.equal(await redis.get("key"), "sessions-0");
    });
  });
}
