import assert from "node:assert/strict";
import type { Redis } from "ioredis";
import { eavesdrop, secretsIn, type Heard } from "../../support/eavesdrop.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { FakeCluster } from "./fakeCluster.js";
import { leakPaths, password, readAsJson, stored, type LeakPath } from "./leakPaths.js";
import { error, ready } from "./repeatingServer.js";

const secrets = { key: "visit:Jane-Roe", value: '{"patient":"Jane Roe"}', stored, password };
const told = ["Jane-Roe", "Jane Roe", password];

/** What there is not of a cluster, or is told in another way, which is tried below. */
const notOfClusters = new Set([
  "a transaction without a pipeline",
  "an answer that nobody has asked for",
  "reconnectOnError",
]);

/** Ways by which ioredis's own cluster lets nothing out, or that it has not. */
const keptByIoredis = new Set([
  "a password that is refused, without a listener",
  "a redirection",
  "a stream of keys that breaks off",
]);

/** What an error is told to beside its caller. */
const beside: readonly LeakPath[] = [
  {
    what: "an answer that nobody has asked for, to those who listen to nodes",
    answers: (words) => ready(words) ?? `+OK\r\n+${stored}\r\n`,
    take: async (redis, { key }, hand) => {
      const heard = new Promise<void>((resolve) => {
        redis.on("node error", (...all: unknown[]) => {
          hand(...all);
          resolve();
        });
      });
      await redis.get(key).catch(hand);
      await heard;
    },
  },
  {
    what: "keys that are in several slots",
    answers: (words) => ready(words) ?? error("CROSSSLOT", words),
    take: async (redis, { key, value }, hand) => {
      await redis.mget(key, value).catch(hand);
      await redis.pipeline().mget(key, value).exec().catch(hand);
    },
  },
  {
    what: "a command that is sent to and fro",
    answers: (words) => ready(words) ?? error("TRYAGAIN", words),
    take: (redis, { key, value }, hand) => redis.set(key, value).catch(hand),
  },
];

for (const { version, plain, connect, debug } of ioredisMajors()) {
  describe(`connect() with ioredis ${version} to a Redis Cluster keeps to itself what is sent and stored`, () => {
    let cache: FakeCluster;
    before(async () => {
      readAsJson("getdel", plain);
      cache = new FakeCluster(password);
      await cache.start();
    });
    after(() => cache.stop());

    const take = async ({ answers, take }: LeakPath, redis: () => Redis): Promise<Heard> => {
      cache.answers = answers;
      return eavesdrop(debug, async (handed) => {
        const client = redis();
        client.on("error", (reason) => handed.push(reason));
        client.on("node error", (...all: unknown[]) => handed.push(...all));
        try {
          await take(client, secrets, (...all) => handed.push(...all));
        } finally {
          client.disconnect();
        }
      });
    };
    const discreet = (own: object): Redis =>
      connect({ connectionFile: cache.connectionFile, retryStrategy: null, ...own });
    const talkative = (own: object): Redis =>
      new plain.Cluster([{ host: "127.0.0.1", port: cache.port }], {
        clusterRetryStrategy: null,
        maxRedirections: 2,
        redisOptions: { username: "web", password },
        ...own,
      }) as unknown as Redis;

    for (const path of [...leakPaths, ...beside]) {
      if (notOfClusters.has(path.what)) continue;
      it(`in ${path.what}`, async () => {
        const { handed, printed, debugged } = await take(path, () => discreet({ ...path.options }));
        assert.ok(handed.length + printed.length > 0);
        assert.ok(debugged.length > 0);
        assert.deepEqual(secretsIn([...handed, ...printed, ...debugged], told), []);
        if (keptByIoredis.has(path.what)) return;
        // The control case: by the same path ioredis itself lets it out.
        const plainly = await take(path, () => talkative({ ...path.options }));
        if (version.startsWith(String(path.keptBy))) return;
        assert.notDeepEqual(secretsIn([...plainly.handed, ...plainly.printed, ...plainly.debugged], told), []);
      });
    }

    it("in what reconnectOnError is asked", async () => {
      const asked: unknown[] = [];
      cache.answers = (words) => ready(words) ?? error("OOM", words);
      const redis = discreet({ reconnectOnError: (reason: Error) => asked.push(reason) < 0 });
      await assert.rejects(redis.set(secrets.key, secrets.value));
      redis.disconnect();
      assert.ok(asked.length > 0);
      assert.deepEqual(secretsIn(asked, told), []);
    });
  });
}
