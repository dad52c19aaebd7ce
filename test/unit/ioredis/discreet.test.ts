import assert from "node:assert/strict";
import { tracingChannel } from "node:diagnostics_channel";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { eavesdrop, secretsIn, type Heard } from "../../support/eavesdrop.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { error, list, ok, ready, RepeatingServer } from "./repeatingServer.js";
import { leakPaths, password, readAsJson, stored, type LeakPath } from "./leakPaths.js";

const secrets = { key: "visit:Jane-Roe", value: '{"patient":"Jane Roe"}', stored, password };
/** What of them is looked for. */
const told = ["Jane-Roe", "Jane Roe", password];

for (const { version, plain, connect, debug } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} keeps to itself what is sent and stored`, () => {
    let folder: string;
    let server: RepeatingServer;
    let connectionFile: string;
    before(async () => {
      readAsJson("getdel", plain);
      folder = mkdtempSync(join(tmpdir(), "discreet-"));
      server = await RepeatingServer.start();
      const passwordFile = join(folder, "password");
      connectionFile = join(folder, "connection.json");
      writeFileSync(passwordFile, password);
      const where = { host: "127.0.0.1", port: server.port, username: "web", passwordFile };
      writeFileSync(connectionFile, JSON.stringify({ schemaVersion: 1, ...where }));
    });
    after(async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    const take = async ({ answers, options, take }: LeakPath, open: (own: object) => Redis): Promise<Heard> => {
      server.answers = answers;
      return eavesdrop(debug, async (handed) => {
        const redis = open({ retryStrategy: null, ...options });
        redis.on("error", (reason) => handed.push(reason));
        try {
          await take(redis, secrets, (...all) => handed.push(...all));
        } finally {
          redis.disconnect();
        }
      });
    };
    const discreet = (own: object): Redis => connect({ connectionFile, ...own });
    const talkative = (own: object): Redis =>
      new plain.Redis({ host: "127.0.0.1", port: server.port, username: "web", password, ...own });

    for (const path of leakPaths) {
      it(`in ${path.what}`, async () => {
        const { handed, printed, debugged } = await take(path, discreet);
        assert.ok(handed.length + printed.length > 0);
        assert.ok(debugged.length > 0);
        assert.deepEqual(secretsIn([...handed, ...printed, ...debugged], told), []);
        // The control case: by the same path ioredis itself lets it out.
        const plainly = await take(path, talkative);
        if (!version.startsWith(String(path.keptBy))) {
          assert.notDeepEqual(secretsIn([...plainly.handed, ...plainly.printed], told), []);
        }
        assert.notDeepEqual(secretsIn(plainly.debugged, told), []);
      });
    }

    it("and ioredis still learns from commands what it has to: the database, the timeout of one that blocks", async () => {
      server.answers = (words) => ready(words) ?? (words[0] === "blpop" ? "" : ok);
      const redis = discreet({ blockingTimeout: 60_000, blockingTimeoutGrace: 1, commandTimeout: undefined });
      await redis.select(3);
      assert.equal(redis.condition?.select, 3);
      assert.equal(await redis.blpop(secrets.key, 0.01), null);
      redis.disconnect();
    });

    it("in an argument that has no text, for a reason that holds a value", async () => {
      server.answers = (words) => ready(words) ?? ok;
      const redis = discreet({ retryStrategy: null });
      const broken = {
        toString: () => {
          throw new RangeError(secrets.value);
        },
      };
      assert.throws(() => String(broken), /Jane Roe/);
      const failed = redis.set("key", broken as unknown as string);
      await assert.rejects(failed, (reason) => {
        assert.ok(reason instanceof RangeError);
        return secretsIn([reason], told).length === 0;
      });
      // A pipeline with one never comes to its end, in ioredis as here; what it has come to by then is in it.
      const pipeline = redis.pipeline([["set", "key", broken]]);
      void pipeline.exec();
      await redis.ping();
      const [result] = (pipeline as unknown as { _result: unknown[][] })._result;
      assert.ok(result?.[0] instanceof RangeError);
      assert.deepEqual(secretsIn([result], told), []);
      redis.disconnect();
    });

    it("in what a connector of the application's own fails with, to a promise and to a callback", async () => {
      class Failing extends plain.AbstractConnector {
        constructor() {
          super(0);
        }
        override connect(): Promise<never> {
          return Promise.reject(new Error(secrets.value));
        }
      }
      const redis = discreet({ Connector: Failing, lazyConnect: true });
      const heard: unknown[] = [];
      redis.on("error", (reason) => heard.push(reason));
      await redis.connect().catch((reason: unknown) => heard.push(reason));
      await new Promise<void>((resolve) => {
        void redis
          .connect((reason) => {
            heard.push(reason);
            resolve();
          })
          .catch(() => undefined);
      });
      assert.equal(heard.length, 4);
      redis.removeAllListeners("error");
      const { printed } = await eavesdrop(debug, () => redis.connect().catch(() => undefined));
      assert.match(printed.join(), /Unhandled error event: Error: the message is left out/);
      assert.deepEqual(secretsIn([...heard, ...printed], told), []);
    });

    it("by having no monitor(), whether a callback or a promise waits for it", async () => {
      const redis = discreet({ lazyConnect: true, monitor: true });
      assert.equal(redis.options.monitor, false);
      await assert.rejects(redis.monitor(), /has no monitor\(\)/);
      const [reason] = await new Promise<unknown[]>((resolve) => {
        void redis.monitor((...given) => {
          resolve(given);
        });
      });
      assert.match(String(reason), /has no monitor\(\)/);
      redis.disconnect();
    });

    it("in what Node.js's tracing channels are told of commands, of their answers and their errors", async () => {
      const contexts: object[] = [];
      const channels = ["ioredis:command", "ioredis:batch"].map((name) => tracingChannel(name));
      const listen = (context: object): void => {
        contexts.push(context);
      };
      const listeners = { start: listen, end: listen, asyncStart: listen, asyncEnd: listen, error: listen };
      const call = async (redis: Redis): Promise<void> => {
        const { key, value } = secrets;
        await redis.get(key);
        await redis.multi().get(key).exec();
        await redis.set(key, value).catch(() => undefined);
        redis.disconnect();
      };
      server.answers = (words) => {
        if (words[0] === "set") return error("OOM", words);
        return ready(words) ?? (words[0] === "exec" ? list(bulk(stored)) : bulk(stored));
      };
      for (const channel of channels) channel.subscribe(listeners);
      try {
        await call(discreet({}));
        assert.ok(contexts.some((context) => "command" in context && context.command === "get"));
        assert.deepEqual(secretsIn(contexts, told), []);
        contexts.splice(0);
        await call(talkative({}));
        assert.notDeepEqual(secretsIn(contexts, told), []);
      } finally {
        for (const channel of channels) channel.unsubscribe(listeners);
      }
    });
  });
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}
