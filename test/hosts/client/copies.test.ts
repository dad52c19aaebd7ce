import assert from "node:assert/strict";
import { serverPrograms } from "../../../lab/servers/serverPrograms.js";
import { until } from "../../../lab/until.js";
import { engineVersions, type EngineVersion } from "../../../src/plan/engine.js";
import { BareServer } from "./bareServer.js";

/** Of which versions each one takes a whole copy, as docs/upgrading.md has it. */
const takesFrom: Readonly<Record<EngineVersion, readonly EngineVersion[]>> = {
  "Redis 7.0": ["Redis 7.0"],
  "Redis 8.0": ["Redis 7.0", "Redis 8.0", "Valkey 8.1"],
  "Valkey 8.1": ["Redis 7.0", "Valkey 8.1"],
};

/** So that two runs on one machine don't meet. */
const address = `127.${110 + (process.pid % 10)}.${process.pid % 250}.1`;

describe("a replica of another version", () => {
  for (const primaryVersion of engineVersions) {
    describe(`of a primary of ${primaryVersion}`, () => {
      let primary: BareServer;
      before(async () => {
        const listens = `bind ${address}\nport 6379\nrepl-diskless-sync-delay 0\n`;
        primary = await BareServer.start(await serverPrograms(primaryVersion), listens);
        await primary.ask("SET", "key", "value");
        await primary.ask("HSET", "hash", "field", "value");
        await primary.ask("XADD", "stream", "1-1", "field", "value");
      });
      after(() => primary.end());

      for (const version of engineVersions) {
        const takes = takesFrom[version].includes(primaryVersion);
        it(`${takes ? "takes" : "refuses"} a whole copy, as ${version}`, async () => {
          const copying = `replicaof ${address} 6379\nrepl-diskless-load swapdb\n`;
          const replica = await BareServer.start(await serverPrograms(version), copying);
          try {
            const said = (): boolean =>
              /Can't handle RDB format version|<-> REPLICA sync: Finished with success/.test(replica.said());
            assert.ok(await until(said, 20_000));
            const values = [
              await replica.ask("GET", "key"),
              await replica.ask("HGET", "hash", "field"),
              await replica.ask("XLEN", "stream"),
            ];
            assert.deepEqual(values, takes ? ["value", "value", 1] : [null, null, 0], replica.said());
          } finally {
            await replica.end();
          }
        });
      }
    });
  }
});
