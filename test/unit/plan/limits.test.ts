import assert from "node:assert/strict";
import { nodeFirewall } from "../../../src/host/nftables.js";
import { redisUnit, tunnelUnit } from "../../../src/host/serviceUnits.js";
import {
  bytesInWords,
  clientBuffers,
  hostsThatFill,
  memoryPercentRange,
  memoryPercents,
  redisLimits,
  redisOpenFiles,
  tunnelLimits,
  valueBytesRange,
} from "../../../src/plan/limits.js";
import { samplePlan } from "../../support/sample.js";

describe("limits", () => {
  it("leave the node's agent, an operator and the tunnel's own check a place when clients have all of theirs", () => {
    assert.ok(tunnelLimits.connectionsFromOneHost > 5000);
    assert.ok(tunnelLimits.connectionsFromOneHost < tunnelLimits.connections);
    assert.ok(redisLimits.clients - tunnelLimits.connections >= 10);
  });

  it("give each program the files and threads for what it takes", () => {
    // As stunnel reckons (src/fd.c, get_limits): 125 connections for 256 files.
    assert.equal(Math.floor((tunnelLimits.openFiles * 125) / 256), tunnelLimits.connections);
    assert.ok(tunnelLimits.openFiles > 2 * tunnelLimits.connections);
    assert.ok(tunnelLimits.tasks > tunnelLimits.connections);
    assert.ok(redisOpenFiles >= redisLimits.clients + 32);
    const tunnel = tunnelUnit({ kind: "cache", tunnel: "stunnel", peers: ["10.0.16.0/20"] }).split("\n");
    for (const line of [`LimitNOFILE=${tunnelLimits.openFiles}`, `TasksMax=${tunnelLimits.tasks}`]) {
      assert.ok(tunnel.includes(line), line);
    }
    assert.ok(redisUnit([]).split("\n").includes(`LimitNOFILE=${redisOpenFiles}`));
  });

  it("leave memory to the system when Redis and the tunnel have all of theirs", () => {
    assert.deepEqual(memoryPercents(redisLimits.memoryPercent), {
      redisUnit: redisLimits.unitMemoryPercent,
      tunnel: tunnelLimits.memoryPercent,
    });
    const { least, most } = memoryPercentRange;
    for (const percent of Array.from({ length: most - least + 1 }, (_, index) => least + index)) {
      const { redisUnit: unit, tunnel } = memoryPercents(percent);
      assert.ok(unit + tunnel <= 90, `${percent}`);
      // What jemalloc can't give back is a fifth of what is used and more where values differ much in size.
      assert.ok(unit >= 1.3 * percent, `${percent}`);
      // HAProxy takes 26 KB a connection: this is for all of them, on a machine with 2 GiB.
      assert.ok((tunnel / 100) * 2 * 1024 ** 3 >= tunnelLimits.connections * 26_000, `${percent}`);
      assert.ok(redisUnit([], percent).split("\n").includes(`MemoryMax=${unit}%`), `${percent}`);
    }
  });

  it("leave a client room for a command with the largest value, and for the answer", () => {
    for (const bytes of [valueBytesRange.least, redisLimits.largestValueBytes, valueBytesRange.most]) {
      const { queryBufferBytes, outputBuffer } = clientBuffers(bytes);
      assert.ok(queryBufferBytes > bytes && outputBuffer.mostBytes > bytes && outputBuffer.lastingBytes > bytes);
      assert.ok(queryBufferBytes >= redisLimits.queryBufferBytes);
      assert.ok(outputBuffer.mostBytes >= redisLimits.outputBuffer.mostBytes);
    }
    // An m6i.large shows Linux some 7.6 GiB, of which the least that Redis may have leaves buffers a tenth.
    const buffers = ((7.6 * 1024 ** 3 * memoryPercentRange.least) / 100) * (redisLimits.clientMemoryPercent / 100);
    assert.ok(buffers >= redisLimits.queryBufferBytes);
  });

  it("are told in MiB where they are whole ones", () => {
    assert.deepEqual([1_048_576, 33_554_432, 1_500_000].map(bytesInWords), ["1 MiB", "32 MiB", "1500000 bytes"]);
  });

  it("have the kernel end Redis before the tunnel, sshd and the journal, which it can spare less", () => {
    const score = (unit: string): number => Number(/^OOMScoreAdjust=(.*)$/m.exec(unit)?.[1] ?? 0);
    const tunnel = tunnelUnit({ kind: "cache", tunnel: "haproxy", peers: ["10.0.16.0/20"] });
    assert.ok(score(redisUnit([])) > score(tunnel));
    assert.ok(score(redisUnit([])) > 0);
  });

  it("count the callers of the tunnel's port, and only those that may call it", () => {
    const rules = nodeFirewall({ flows: samplePlan().flows, redisAccount: "redis", tunnelAccount: "redis" });
    const counting = rules.split("\n").filter((line) => line.includes("ct count over"));

    assert.deepEqual(
      counting.map((line) => line.trim()),
      [
        "add @callers { ip saddr ct count over 6000 } reject with tcp reset",
        "add @large_callers { ip saddr ct count over 500 } meta mark set 1",
        "ct count over 6000 meta mark 1 reject with tcp reset",
      ].map((rule) => `ip saddr { 10.0.16.0/20 } tcp dport 6379 ct state new ${rule}`),
    );
  });

  it("let no few hosts take all places: it takes seven", () => {
    assert.equal(hostsThatFill(tunnelLimits.connectionsFromOneHost), 1);
    assert.equal(hostsThatFill(tunnelLimits.connections), 7);
  });
});
