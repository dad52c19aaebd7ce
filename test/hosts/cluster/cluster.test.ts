import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { leaderOf, nodeAt, placeOf, primaryOfShard, settled, shardOf, stateOf } from "../../../lab/cluster/nodes.js";
import type { Host } from "../../../lab/hosts/index.js";
import { cutOff, faultsOfShard, handOver, join, minorityStopsSeconds } from "../../../lab/replicas/faults.js";
import { amiss, nothingAmiss, whileWriting, told, writers } from "../../../lab/replicas/writes.js";
import { mostLost, writeThrough } from "../../../lab/replicas/writeThrough.js";
import { waitFor } from "../../../lab/until.js";
import { unitNames } from "../../../src/host/units.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { busPort, redisPort, replicationPort } from "../../../src/plan/ports.js";
import { describeOver } from "../../support/dimensions.js";
import { shell } from "../cache/onHost.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";
import { spread } from "./spread.js";

const places = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"] as const;
const shards = 3;

describeOver([], "a cluster of three shards with a replica each", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await clusterFixture(choice);
  });

  it("forms by itself: each node with the id of its place, and each shard with its slots", async () => {
    assert.deepEqual((await settled(fixture)).map(shardOf), [0, 1, 2]);
    const [first] = fixture.nodes;
    assert.ok(first);
    const { view } = await stateOf(first);
    const idOf = (place: string): string => createHash("sha1").update(`us-east-1/sessions/${place}`).digest("hex");
    assert.deepEqual(
      [...view].map(([place, { id }]) => [place, id]).sort(),
      places.map((place) => [place, idOf(place)]),
    );
    assert.deepEqual(await spread(fixture), [5461, 5461, 5462]);
  });

  it("has Redis and its bus on the loopback alone, and the tunnel on three ports of the network", async () => {
    const listening = async (node: Host, program: string): Promise<string[]> =>
      (await shell(node, `ss -Htlnp | awk '/"${program}"/ { print $4 }' | sort -u`)).split("\n");
    const onLoopback = (place: string): string[] => {
      const [shard = 0, number = 0] = place.split("-").map(Number);
      return [busPort, redisPort].map((port) => `127.82.0.${shard * 6 + number + 1}:${port}`);
    };
    for (const node of fixture.nodes) {
      const own = placeOf(node);
      assert.deepEqual(await listening(node, engineProgram(choice.engine).server), onLoopback(own));
      const inNetwork = [busPort, redisPort, replicationPort].map((port) => `${node.privateIp}:${port}`);
      const others = places.filter((one) => one !== own).flatMap(onLoopback);
      const program = tunnelProgram(choice.tunnel).packageName;
      assert.deepEqual(await listening(node, program), [...inNetwork, ...others].sort());
    }
  });

  for (const [index, fault] of faultsOfShard.entries()) {
    it(`takes writes again when of a shard's primary ${fault.name}, and loses no more of them than it may`, async () => {
      const { outcome, failedOver } = await writeThrough(fixture, primaryOfShard(index % shards), fault, "quick");
      console.error(`      ${told(outcome)}`);
      assert.equal(failedOver, fault.failsOver ?? failedOver);
      assert.deepEqual([outcome.wrong, outcome.ended], [0, 0]);
      assert.ok(outcome.failed > 0, "nothing failed: the fault was not noticed");
      const most = mostLost(fault);
      assert.ok(outcome.lost.length <= most, `${outcome.lost.length} acknowledged writes are lost, ${most} may be`);
    });
  }

  it(`takes no more writes for a shard whose nodes are cut off from all others, within ${minorityStopsSeconds} s, while the other shards go on, and has all values once they are back`, async () => {
    await settled(fixture);
    const isCutOff = (node: Host): boolean => shardOf(placeOf(node)) === 0;
    const others = fixture.nodes.filter((node) => !isCutOff(node));
    const { outcome } = await whileWriting(fixture, "quick", async (writes) => {
      /** Of both clients. */
      const ofShard = (all: readonly number[], shard: number): number[] =>
        all.filter((_, lane) => lane % shards === shard);
      const lastOf = (shard: number): number => Math.max(...ofShard(writes.figures().lastAcknowledged, shard));
      await Promise.all(fixture.nodes.filter(isCutOff).map((node) => cutOff(node, others)));
      const cutAt = Date.now();
      // For a hundred writes.
      await waitFor("no write is taken any more", () => Date.now() - lastOf(0) > 100 * writers.everyMs);
      const stoppedAfterMs = lastOf(0) - cutAt;
      console.error(`      stopped after ${stoppedAfterMs} ms`);
      assert.ok(stoppedAfterMs <= 1000 * minorityStopsSeconds, `it went on for ${stoppedAfterMs} ms`);
      for (const shard of [1, 2]) assert.ok(lastOf(shard) > lastOf(0) + 1000);
      await Promise.all(fixture.nodes.filter(isCutOff).map(join));
      await settled(fixture);
      await writes.goOn();
    });
    console.error(`      ${told(outcome)}`);
    assert.deepEqual([outcome.lost, outcome.wrong, outcome.ended], [[], 0, 0]);
  });

  it("hands over when a primary is restarted: nothing is lost, and with the documented options nothing fails", async () => {
    const { outcome, failedOver } = await writeThrough(fixture, primaryOfShard(1), handOver, "patient");
    console.error(`      ${told(outcome)}`);
    assert.ok(failedOver);
    assert.deepEqual(amiss(outcome), nothingAmiss);
  });

  it("keeps its values when Redis, the tunnel and the secret of a primary's host begin anew at once", async () => {
    const { outcome } = await whileWriting(fixture, "patient", async () => {
      const { redis, secrets, tunnel } = unitNames;
      const leader = leaderOf(await settled(fixture), 2);
      await shell(nodeAt(fixture, leader), `systemctl restart ${secrets} && systemctl start ${tunnel} ${redis}`);
      await settled(fixture);
    });
    assert.deepEqual([outcome.lost, outcome.wrong, outcome.ended], [[], 0, 0]);
  });
});
