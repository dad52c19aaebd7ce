import assert from "node:assert/strict";
import type { ReadableOptions } from "node:stream";
import type { Redis, ScanStreamOptions } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import type { ConnectOptions } from "../../../src/ioredis/index.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { ClusteredRedis, type ClusteredNode } from "./clusteredRedis.js";

/** On a busy machine a command may take longer than an application has it take. */
const inTime: ConnectOptions = { commandTimeout: 20_000, socketTimeout: 10_000 };

const perPrimary = 100;

/** So that a primary is not read yet when the one before it is. */
const fewAtOnce: ScanStreamOptions & ReadableOptions = { count: 10, highWaterMark: 1 };

/** A primary, with the tag of keys that are there; in the order in which a stream reads them. */
interface Read {
  readonly node: ClusteredNode;
  readonly tag: string;
  readonly slot: number;
}
type Reads = readonly [first: Read, second: Read, third: Read];

for (const { version, connect, asCluster } of ioredisMajors()) {
  describe(`scanStream() with ioredis ${version} to a real Redis Cluster whose slots move`, () => {
    let cache: ClusteredRedis;
    let redis: Redis;
    let reads: Reads;

    before(async () => {
      await ensureDebianPackages(["redis-server"]);
      cache = new ClusteredRedis();
      await cache.start();
    });
    beforeEach(async () => {
      redis = connect({ connectionFile: cache.connectionFile, ...inTime });
      redis.on("error", () => undefined);
      await redis.ping();
      const hosts = asCluster(redis)?.nodes("master") ?? [];
      reads = (await Promise.all(hosts.map(({ options }) => keysAt(options.host)))) as unknown as Reads;
      assert.equal(reads.length, 3);
    });
    afterEach(async () => {
      redis.disconnect();
      await cache.isWhole();
    });
    after(() => cache.remove());

    const keysAt = async (address: string | undefined): Promise<Read> => {
      for (let number = 0; ; number += 1) {
        const tag = `{${number}}`;
        const { slot, primary } = await cache.shardOf(tag);
        if (primary.address !== address) continue;
        const keys = Array.from({ length: perPrimary }, (_, index) => redis.set(`${tag}:${index}`, "value"));
        await Promise.all(keys);
        return { node: primary, tag, slot };
      }
    };

    /** Reads all keys, and does something when the first one of a primary is there. Counts them by their tags. */
    const readAll = async (meanwhile: ReadonlyMap<Read, () => Promise<void>> = new Map()) => {
      const [counts, done] = [new Map<string, number>(), new Set<Read>()];
      let failure: Error | undefined;
      try {
        for await (const keys of redis.scanStream(fewAtOnce)) {
          for (const key of keys as string[]) {
            const tag = key.split(":")[0] ?? "";
            counts.set(tag, (counts.get(tag) ?? 0) + 1);
            const begun = [...meanwhile].find(([read]) => read.tag === tag && !done.has(read));
            if (begun === undefined) continue;
            done.add(begun[0]);
            await begun[1]();
          }
        }
      } catch (error) {
        failure = error as Error;
      }
      assert.equal(done.size, meanwhile.size, "nothing was left out");
      return { message: failure?.message, count: ({ tag }: Read) => counts.get(tag) ?? 0 };
    };
    const slotsMove =
      "Slots go from one primary to another while their keys are read: read all of them again when that is over.";

    it("has the keys of all primaries where none moves, and after one has moved (control case)", async () => {
      const [first, , third] = reads;
      for (const [from, to] of [
        [third, first],
        [first, third],
      ] as const) {
        await cache.moveSlot(third.slot, from.node, to.node);
        const { message, count } = await readAll();
        assert.deepEqual([message, ...reads.map(count)], [undefined, perPrimary, perPrimary, perPrimary]);
      }
    });

    it("fails where keys have gone to a primary that was read before", async () => {
      const [first, second, third] = reads;
      try {
        const { message, count } = await readAll(
          new Map([[second, () => cache.moveSlot(third.slot, third.node, first.node)]]),
        );
        assert.deepEqual([message, count(third)], [slotsMove, 0]);
      } finally {
        await cache.moveSlot(third.slot, first.node, third.node);
      }
    });

    it("fails where they have gone there and come back", async () => {
      const [first, second, third] = reads;
      const { message } = await readAll(
        new Map([
          [
            second,
            async () => {
              await cache.moveSlot(third.slot, third.node, first.node);
              await cache.moveSlot(third.slot, first.node, third.node);
            },
          ],
        ]),
      );
      assert.equal(message, slotsMove);
    });

    it("fails while they are on their way, when it begins and when it ends", async () => {
      const [first, second, third] = reads;
      const begin = (): Promise<void> => cache.beginToMove(third.slot, third.node, first.node);
      try {
        const begun = await readAll(new Map([[second, begin]]));
        assert.equal(begun.message, slotsMove);
        const { message, count } = await readAll();
        assert.deepEqual([message, ...reads.map(count)], [slotsMove, 0, 0, 0]);
      } finally {
        await cache.endMove(third.slot, third.node, first.node);
        await cache.moveSlot(third.slot, first.node, third.node);
      }
    });
  });
}
