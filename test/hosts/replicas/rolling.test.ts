import assert from "node:assert/strict";
import { settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { amiss, nothingAmiss, told, whileWriting } from "../../../lab/replicas/writes.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

describeOnReplicas(["tunnel"], "a cache with replicas whose nodes are replaced by pulumi up", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await replicasFixture(choice);
    await settled(fixture);
  });

  it("has each replaced once the one before is well: no value is lost, and with the documented options no operation fails", async () => {
    const { outcome } = await whileWriting(fixture, "patient", async () => {
      const { booted, gone, done } = await fixture.changeNodes({ maxMemoryPercent: 30 });
      assert.deepEqual([booted, gone], [nodes, nodes]);
      assert.equal(done.replace ?? done["create-replacement"], 3);
      await settled(fixture);
    });
    console.error(`      ${told(outcome)}`);
    assert.deepEqual(amiss(outcome), nothingAmiss);
  });
});
