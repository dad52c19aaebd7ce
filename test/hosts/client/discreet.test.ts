import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { timeouts } from "../../../lab/load/timeouts.js";
import type { ConnectionFile } from "../../../src/host/connectionFile.js";
import { eavesdrop, secretsIn } from "../../support/eavesdrop.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { startRedisServer, type RedisServer } from "./redisServer.js";

const [key, value] = ["visit:Jane-Roe", '{"patient":"Jane Roe"}'];
const told = ["Jane-Roe", "Jane Roe", "password-of-a-test", "wrong-password"];

/** What an application does, and the error that a real Redis answers with, as connect() has it. */
const errors: readonly (readonly [string, (redis: Redis) => Promise<unknown>, RegExp])[] = [
  [
    "a field of what is a list",
    async (redis) => {
      await redis.rpush(key, "x");
      return redis.hset(key, "note", value);
    },
    /^WRONGTYPE Operation against a key holding the wrong kind of value$/,
  ],
  ["a function that is none", (redis) => redis.call("FCALL", "none", 1, key, value), /^ERR FCALL with 4 arguments/],
  ["a command that is none", (redis) => redis.call("NOSUCH", key, value), /^ERR unknown command '\?'$/],
  ["a number that is none", (redis) => redis.incrby(key, value), /^ERR value is not an integer or out of range$/],
  [
    "a script that fails",
    (redis) => redis.eval(`return redis.error_reply("${value.slice(2, -2)}")`, 0),
    /^(ERR )?eval with 2/,
  ],
  ["a script that breaks off", (redis) => redis.eval("error(ARGV[1])", 0, value), /^ERR eval with 3 arguments/],
  ["a group that is none", (redis) => redis.xgroup("DESTROY", key, value), /^(ERR|WRONGTYPE) /],
  [
    "a transaction that is refused",
    (redis) => redis.multi().call("NOSUCH", key, value).exec(),
    /^EXECABORT Transaction discarded because of previous errors\.$/,
  ],
];

describe("what connect() tells of a real Redis's errors", () => {
  let server: RedisServer;
  before(async () => {
    await ensureDebianPackages(["redis-server"]);
    server = await startRedisServer();
  });
  after(() => server.stop());

  for (const { version, plain, connect, debug } of ioredisMajors()) {
    describe(`with ioredis ${version}`, () => {
      const failing = async (redis: Redis, deed: (redis: Redis) => Promise<unknown>): Promise<unknown[]> => {
        const { handed, printed, debugged } = await eavesdrop(debug, async (all) => {
          redis.on("error", (reason) => all.push(reason));
          all.push(await deed(redis).catch((reason: unknown) => reason));
          redis.disconnect();
        });
        return [...handed, ...printed, ...debugged];
      };
      const discreet = (own: object = {}): Redis =>
        connect({ connectionFile: server.connectionFile, ...timeouts, retryStrategy: null, ...own });
      const talkative = (password = server.password): Redis =>
        new plain.Redis({
          host: "127.0.0.1",
          port: server.port,
          username: "default",
          password,
          retryStrategy: null,
        });

      for (const [what, deed, message] of errors) {
        it(`of ${what}: class, code and size, and no value`, async () => {
          const heard = await failing(discreet(), deed);
          const error = heard[0] as Error & { command?: { name: string; args: string[] } };
          assert.ok(error instanceof (plain.ReplyError as typeof Error), String(error));
          assert.match(error.message, message);
          assert.ok(error.command?.args.every((each) => /^\d+ bytes$/.test(each)));
          assert.deepEqual(secretsIn(heard, told), []);
          assert.notDeepEqual(secretsIn(await failing(talkative(), deed), told), []);
        });
      }

      it("of a full Redis: that it is full, and no password", async () => {
        const [redis, set] = [talkative(), discreet()];
        await set.ping();
        await redis.config("SET", "maxmemory", 1);
        const heard = await failing(set, () => set.set(key, value));
        await redis.config("SET", "maxmemory", 0);
        assert.match(String(heard[0]), /^ReplyError: OOM command not allowed when used memory > 'maxmemory'\.$/);
        assert.deepEqual(secretsIn(heard, told), []);
        redis.disconnect();
      });

      it("of one that has no place for another client, which a password is sent to", async () => {
        const redis = talkative();
        const { length } = String(await redis.client("LIST"))
          .trim()
          .split("\n");
        await redis.config("SET", "maxclients", length);
        const heard = await failing(discreet(), (other) => other.ping());
        const plainly = await failing(talkative(), (other) => other.ping());
        await redis.config("SET", "maxclients", 100);
        redis.disconnect();
        assert.ok(heard.length > 0);
        assert.deepEqual(secretsIn(heard, told), []);
        assert.deepEqual(secretsIn(plainly, told), [server.password]);
      });

      it("of a wrong password: that it is wrong, and not the password", async () => {
        const record = JSON.parse(readFileSync(server.connectionFile, "utf8")) as ConnectionFile;
        writeFileSync(record.passwordFile, "wrong-password");
        const heard = await failing(discreet(), (redis) => redis.ping());
        writeFileSync(record.passwordFile, server.password);
        assert.ok(heard.some((each) => String(each).startsWith("ReplyError: WRONGPASS invalid")));
        assert.deepEqual(secretsIn(heard, told), []);
        assert.deepEqual(secretsIn(await failing(talkative("wrong-password"), (redis) => redis.ping()), told), [
          "wrong-password",
        ]);
      });
    });
  }
});
