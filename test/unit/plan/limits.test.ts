import assert from "node:assert/strict";
import { nodeFirewall } from "../../../src/host/nftables.js";
import { redisUnit, tunnelUnit } from "../../../src/host/serviceUnits.js";
import { hostsThatFill, redisLimits, redisOpenFiles, tunnelLimits } from "../../../src/plan/limits.js";
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
    const tunnel = tunnelUnit({ kind: "cache", engine: "stunnel", peers: ["10.0.16.0/20"] }).split("\n");
    for (const line of [`LimitNOFILE=${tunnelLimits.openFiles}`, `TasksMax=${tunnelLimits.tasks}`]) {
      assert.ok(tunnel.includes(line), line);
    }
    assert.ok(redisUnit([]).split("\n").includes(`LimitNOFILE=${redisOpenFiles}`));
  });

  it("leave memory to the system when Redis and the tunnel have all of theirs", () => {
    assert.ok(redisLimits.unitMemoryPercent + tunnelLimits.memoryPercent <= 90);
    // What jemalloc can't give back is a fifth of what is used and more where values differ much in size.
    assert.ok(redisLimits.unitMemoryPercent >= 1.3 * redisLimits.memoryPercent);
    assert.ok(redisUnit([]).split("\n").includes(`MemoryMax=${redisLimits.unitMemoryPercent}%`));
    assert.ok(redisLimits.queryBufferBytes > redisLimits.largestValueBytes);
    assert.ok(redisLimits.outputBuffer.mostBytes > redisLimits.largestValueBytes);
  });

  it("have the kernel end Redis before the tunnel, sshd and the journal, which it can spare less", () => {
    const score = (unit: string): number => Number(/^OOMScoreAdjust=(.*)$/m.exec(unit)?.[1] ?? 0);
    const tunnel = tunnelUnit({ kind: "cache", engine: "haproxy", peers: ["10.0.16.0/20"] });
    assert.ok(score(redisUnit([])) > score(tunnel));
    assert.ok(score(redisUnit([])) > 0);
  });

  it("count the callers of the tunnel's port, and only those that may call it", () => {
    const rules = nodeFirewall({ flows: samplePlan().flows, serviceAccounts: ["redis"] });
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
