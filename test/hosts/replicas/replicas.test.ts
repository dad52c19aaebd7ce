import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { unitNames } from "../../../src/host/units.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { shell } from "../cache/onHost.js";
import { faults, handOver } from "../../../lab/replicas/faults.js";
import { loopbackAddress, nodeAt, placeOf, primaryOfCache, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { amiss, nothingAmiss, told } from "../../../lab/replicas/writes.js";
import { mostLost, writeThrough } from "../../../lab/replicas/writeThrough.js";

describeOnReplicas(["tunnel"], "a cache with replicas", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await replicasFixture(choice);
  });

  it("forms by itself: one node leads, the others follow", async () => {
    // The first one, unless the others are up long before it.
    const { primary, replicas } = await settled(fixture);
    assert.deepEqual([primary, ...replicas].sort(), [0, 1, 2]);
  });

  it("has Redis and Sentinel on the loopback alone, and the tunnel on three ports of the network", async () => {
    const listening = async (node: Host, program: string): Promise<string[]> =>
      (await shell(node, `ss -Htlnp | awk '/"${program}"/ { print $4 }' | sort -u`)).split("\n");
    for (const [index, node] of fixture.nodes.entries()) {
      const onLoopback = (one: number): string[] => [26379, 6379].map((port) => `${loopbackAddress(one)}:${port}`);
      assert.deepEqual(await listening(node, engineProgram(choice.engine).server), onLoopback(index));
      const inNetwork = [26379, 6379, 6380].map((port) => `${node.privateIp}:${port}`);
      const others = [0, 1, 2].filter((one) => one !== index).flatMap(onLoopback);
      const program = tunnelProgram(choice.tunnel).packageName;
      assert.deepEqual(await listening(node, program), [...inNetwork, ...others].sort());
    }
  });

  for (const fault of faults) {
    it(`takes writes again when of the primary ${fault.name}, and loses no more of them than it may`, async () => {
      const { outcome, failedOver } = await writeThrough(fixture, primaryOfCache, fault, "quick");
      console.error(`      ${told(outcome)}`);
      assert.equal(failedOver, fault.failsOver);
      assert.deepEqual([outcome.wrong, outcome.ended], [0, 0]);
      assert.ok(outcome.failed > 0, "nothing failed: the fault was not noticed");
      const most = mostLost(fault);
      assert.ok(outcome.lost.length <= most, `${outcome.lost.length} acknowledged writes are lost, ${most} may be`);
    });
  }

  it("hands over when the primary is restarted: nothing is lost, and with the documented options nothing fails", async () => {
    const { outcome, failedOver } = await writeThrough(fixture, primaryOfCache, handOver, "patient");
    console.error(`      ${told(outcome)}`);
    assert.ok(failedOver);
    assert.deepEqual(amiss(outcome), nothingAmiss);
  });

  it("keeps its values while each node in turn is rebooted by its Redis, tunnel and Sentinel at once", async () => {
    for (const index of fixture.nodes.keys()) {
      const before = (await placeOf(nodeAt(fixture, index))).keys;
      await shell(
        nodeAt(fixture, index),
        `systemctl restart ${unitNames.secrets} && systemctl start ${unitNames.tunnel}`,
      );
      await settled(fixture);
      assert.equal((await placeOf(nodeAt(fixture, index))).keys, before);
    }
  });
});
