import assert from "node:assert/strict";
import { placeOf, settled, shardOf } from "../../../lab/cluster/nodes.js";
import type { ChangedNodes } from "../../../lab/replicas/followNodes.js";
import { amiss, nothingAmiss, whileWriting, told, type Manner, type Writes } from "../../../lab/replicas/writes.js";
import { waitFor } from "../../../lab/until.js";
import { describeOver } from "../../support/dimensions.js";
import { startTimers, stopTimers } from "../rotation/onHosts.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";
import { membersOn } from "./membersOn.js";
import { spread } from "./spread.js";

const nodes = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"].map((place) => `sessions-${place}`);
const fourth = ["sessions-3-0", "sessions-3-1"];

describeOver([], "a cluster whose nodes are changed by pulumi up under load", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await clusterFixture(choice);
    await settled(fixture);
  });

  const nothingFailsWhile = async (manner: Manner, work: (writes: Writes) => Promise<unknown>): Promise<void> => {
    const { outcome } = await whileWriting(fixture, manner, async (writes) => {
      await work(writes);
      await writes.goOn();
    });
    console.error(`      ${told(outcome)}`);
    assert.deepEqual(amiss(outcome), nothingAmiss);
  };

  /** All hosts look by themselves until those that stay go by the new list: from then on a look takes time from the moves. */
  const changeShards = async (shards: number): Promise<ChangedNodes> => {
    await startTimers([...fixture.nodes, fixture.app]);
    const areTold = async (): Promise<void> => {
      const count = shards * 2;
      await waitFor(
        `all ${count} nodes go by the list of ${shards} shards`,
        () => {
          const staying = fixture.nodes.filter((node) => shardOf(placeOf(node)) < shards);
          return staying.length === count && staying.every((node) => membersOn(node) === count);
        },
        { timeoutMs: 600_000, pauseMs: 500 },
      );
      await stopTimers(fixture.nodes);
    };
    const both = [fixture.changeNodes({ shards }), areTold()] as const;
    // Whichever fails, the other one ends before the next test begins.
    await Promise.allSettled(both);
    const [changed] = await Promise.all(both);
    return changed;
  };

  it("has each of its six nodes replaced once the one before is well: no value is lost, and with the documented options no operation fails", async () => {
    await nothingFailsWhile("patient", async () => {
      const { booted, gone } = await fixture.changeNodes({ maxMemoryPercent: 30 });
      assert.deepEqual([[...booted].sort(), [...gone].sort()], [nodes, nodes]);
      await settled(fixture);
    });
    assert.deepEqual(await spread(fixture), [5461, 5461, 5462]);
  });

  it("gets a fourth shard, and is rid of it again: its slots move there and back, no value is lost, and no operation fails", async () => {
    await nothingFailsWhile("plain", async (writes) => {
      const grown = await changeShards(4);
      assert.deepEqual([[...grown.booted].sort(), grown.gone], [fourth, []]);
      assert.equal((await settled(fixture)).length, 4);
      assert.deepEqual(await spread(fixture), [4096, 4096, 4096, 4096]);
      await writes.goOn();
      const shrunk = await changeShards(3);
      assert.deepEqual([shrunk.booted, [...shrunk.gone].sort()], [[], fourth]);
      await settled(fixture);
      assert.deepEqual(await spread(fixture), [5461, 5461, 5462]);
    });
    await stopTimers([...fixture.nodes, fixture.app]);
  });
});
