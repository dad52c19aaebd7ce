import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { ChainableCommander, Cluster, Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { waitFor } from "../../../lab/until.js";
import { patient, type ConnectOptions } from "../../../src/ioredis/index.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { ClusteredRedis, type ClusteredNode } from "./clusteredRedis.js";

/** On a busy machine a command may take longer than an application has it take. */
const inTime: ConnectOptions = { commandTimeout: 20_000, socketTimeout: 10_000 };

type Results = [Error | null, unknown][] | null;

/** Each counts a key that is new, so that one carried out twice says 2. */
const transactions: Record<string, { begin: (multi: ChainableCommander) => unknown; results: unknown[] }> = {
  "new keys alone, which the taker refuses at EXEC (TRYAGAIN)": {
    begin: (multi) => multi.incr("{Jane-Roe}:new1").incr("{Jane-Roe}:new2"),
    results: [1, 1],
  },
  "a key that is at the giver and a new one": {
    begin: (multi) => multi.incr("{Jane-Roe}:old1").incr("{Jane-Roe}:new1"),
    results: [2, 1],
  },
  "commands that are refused with TRYAGAIN and ASK": {
    begin: (multi) => multi.mget("{Jane-Roe}:old1", "{Jane-Roe}:new2").incr("{Jane-Roe}:new1"),
    results: [["1", null], 1],
  },
  "commands that are refused with ASK and TRYAGAIN": {
    begin: (multi) => multi.incr("{Jane-Roe}:new1").mget("{Jane-Roe}:old1", "{Jane-Roe}:new2"),
    results: [1, ["1", null]],
  },
};

for (const { version, plain, connect } of ioredisMajors()) {
  describe(`a transaction whose slot is on its way, with ioredis ${version} to a real Redis Cluster`, () => {
    let cache: ClusteredRedis;
    let [giver, taker, slot] = [{} as ClusteredNode, {} as ClusteredNode, -1];
    const clients: (Redis | Cluster)[] = [];
    const open = (options: ConnectOptions = {}): Redis => {
      const redis = connect({ connectionFile: cache.connectionFile, ...inTime, ...options });
      redis.on("error", () => undefined);
      clients.push(redis);
      return redis;
    };

    before(async () => {
      await ensureDebianPackages(["redis-server"]);
      cache = new ClusteredRedis();
      await cache.start();
    });
    beforeEach(async () => {
      ({ slot, primary: giver } = await cache.shardOf("{Jane-Roe}"));
      taker = cache.nodes.slice(0, 3).find((node) => node !== giver) ?? assert.fail();
      const keys = ["old1", "old2", "new1", "new2"].map((name) => `{Jane-Roe}:${name}`);
      const redis = open();
      await redis.del(...keys);
      await redis.mset({ "{Jane-Roe}:old1": "1", "{Jane-Roe}:old2": "1" });
      await cache.beginToMove(slot, giver, taker);
    });
    afterEach(async () => {
      for (const redis of clients.splice(0)) redis.disconnect();
      await cache.endMove(slot, giver, taker);
      await cache.isWhole();
    });
    after(() => cache.remove());

    /** How often both nodes have refused something that may be asked again in a moment. */
    const refused = async (): Promise<number> => {
      const told = await Promise.all([giver, taker].map((node) => cache.ask(node, "INFO", "errorstats")));
      return told.reduce((sum, text) => sum + Number(/errorstat_TRYAGAIN:count=(\d+)/.exec(text)?.[1] ?? 0), 0);
    };

    for (const [what, { begin, results }] of Object.entries(transactions)) {
      for (const [how, options] of [
        ["", {}],
        [", patient", { ...patient, ...inTime }],
      ] as const) {
        it(`is carried out once, when the slot is there: ${what}${how}`, async () => {
          const redis = open(options);
          await redis.ping();
          const multi = redis.multi();
          begin(multi);
          const before = await refused();
          let isOver = false;
          const ended = multi.exec().finally(() => (isOver = true));
          ended.catch(() => undefined);
          await waitFor("it was refused more than once", async () => (await refused()) > before + 2 || isOver);
          assert.ok((await refused()) > before + 2, "it goes on");
          await cache.endMove(slot, giver, taker);
          assert.deepEqual(
            (await ended)?.map(([error, value]) => error ?? value),
            results,
          );
        });
      }
    }

    it("control case: fails by ioredis itself", async () => {
      const password = readFileSync(cache.passwordFile, "utf8").trim();
      const itself = new plain.Cluster([{ host: giver.address, port: 6379 }], {
        redisOptions: { username: "web", password },
      });
      clients.push(itself);
      for (const { begin } of Object.values(transactions)) {
        const multi = itself.multi();
        begin(multi);
        await assert.rejects(multi.exec(), /^ReplyError: (TRYAGAIN|EXECABORT) /);
      }
    });

    for (const [options, message] of [
      // The last answer may come before its time is over.
      [{ commandTimeout: 500 }, /^(Command timed out|TRYAGAIN Multiple keys request during rehashing of slot)$/],
      [{ maxRedirections: 3 }, /^TRYAGAIN Multiple keys request during rehashing of slot$/],
    ] as const) {
      it(`fails where its slot is not there in time, and nothing of it was done (${Object.keys(options).join()})`, async () => {
        const redis = open(options);
        await redis.ping();
        const sent: Promise<Results> = redis.multi().incr("{Jane-Roe}:new1").set("{Jane-Roe}:new2", "secret").exec();
        await assert.rejects(sent, (error: Error & { previousErrors?: Error[] }) => {
          assert.match(error.message, message);
          for (const one of [error, ...(error.previousErrors ?? [])]) {
            assert.doesNotMatch(JSON.stringify(Object.entries(one)) + String(one.stack), /Jane-Roe|secret/);
          }
          return true;
        });
        await cache.endMove(slot, giver, taker);
        assert.deepEqual(await open().mget("{Jane-Roe}:new1", "{Jane-Roe}:new2"), [null, null]);
      });
    }
  });
}
