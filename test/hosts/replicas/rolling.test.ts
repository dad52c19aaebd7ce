import assert from "node:assert/strict";
import { describeOver } from "../../support/dimensions.js";
import { settled } from "../../../lab/replicas/nodes.js";
import { replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { startWrites, told } from "../../../lab/replicas/writes.js";

/** Boots whatever `pulumi up` puts in a node's place, until it is told to end; tells which nodes, in their order. */
function followReplacements(fixture: ReplicasFixture): { end(): Promise<number[]> } {
  const replaced: number[] = [];
  const ending = new AbortController();
  const following = (async () => {
    while (!ending.signal.aborted) {
      for (const index of fixture.nodes.keys()) {
        if (await fixture.replaceNode(index)) replaced.push(index);
      }
    }
    return replaced;
  })();
  return {
    end: () => {
      ending.abort();
      return following;
    },
  };
}

describeOver(["tunnel"], "a cache with replicas whose nodes are replaced by pulumi up", ({ tunnel: engine }) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await replicasFixture(engine);
    await settled(fixture);
  });

  it("has each replaced once the one before is well: no value is lost, and with the documented options no operation fails", async () => {
    const writes = await startWrites(fixture.app, "patient");
    await writes.goOn();
    const following = followReplacements(fixture);
    const done = await fixture.change({ maxMemoryPercent: 30 });
    assert.deepEqual(await following.end(), [0, 1, 2]);
    assert.equal(done.replace ?? done["create-replacement"], 3);
    await settled(fixture);
    const outcome = await writes.stop();
    console.error(`      ${told(outcome)}`);
    assert.deepEqual([outcome.lost, outcome.failed, outcome.wrong, outcome.ended], [[], 0, 0, 0]);
  });
});
