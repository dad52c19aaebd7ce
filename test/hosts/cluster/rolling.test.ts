import assert from "node:assert/strict";
import { settled } from "../../../lab/cluster/nodes.js";
import type { Host } from "../../../lab/hosts/index.js";
import { amiss, nothingAmiss, startWrites, told, type Manner, type Writes } from "../../../lab/replicas/writes.js";
import { describeOver } from "../../support/dimensions.js";
import { startTimers, stopTimers } from "../rotation/onHosts.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";
import { spread } from "./spread.js";

const nodes = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"].map((place) => `sessions-${place}`);
const fourth = ["sessions-3-0", "sessions-3-1"];

describeOver([], "a cluster whose nodes are changed by pulumi up under load", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await clusterFixture(choice);
    await settled(fixture);
  });

  const whileWriting = async (manner: Manner, work: (writes: Writes) => Promise<unknown>): Promise<void> => {
    const writes = await startWrites(fixture, manner);
    await writes.goOn();
    await work(writes);
    await writes.goOn();
    const outcome = await writes.stop();
    console.error(`      ${told(outcome)}`);
    assert.deepEqual(amiss(outcome), nothingAmiss);
  };

  it("has each of its six nodes replaced once the one before is well: no value is lost, and with the documented options no operation fails", async () => {
    await whileWriting("patient", async () => {
      const { booted, gone } = await fixture.changeNodes({ maxMemoryPercent: 30 });
      assert.deepEqual([[...booted].sort(), [...gone].sort()], [nodes, nodes]);
      await settled(fixture);
    });
    assert.deepEqual(await spread(fixture), [5461, 5461, 5462]);
  });

  it("gets a fourth shard, and is rid of it again: its slots move there and back, no value is lost, and no operation fails", async () => {
    const hosts = (): Host[] => [...fixture.nodes, fixture.app];
    await startTimers(hosts());
    await whileWriting("plain", async (writes) => {
      const grown = await fixture.changeNodes({ shards: 4 });
      assert.deepEqual([[...grown.booted].sort(), grown.gone], [fourth, []]);
      assert.equal((await settled(fixture)).length, 4);
      assert.deepEqual(await spread(fixture), [4096, 4096, 4096, 4096]);
      await writes.goOn();
      // Those that have booted meanwhile as well.
      await startTimers(hosts());
      const shrunk = await fixture.changeNodes({ shards: 3 });
      assert.deepEqual([shrunk.booted, [...shrunk.gone].sort()], [[], fourth]);
      await settled(fixture);
      assert.deepEqual(await spread(fixture), [5461, 5461, 5462]);
    });
    await stopTimers(hosts());
  });
});
