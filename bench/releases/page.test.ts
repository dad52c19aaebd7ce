import assert from "node:assert/strict";
import type { Handshakes, Operations } from "./measure.js";
import { page } from "./page.js";
import type { HandshakeRow, OperationRow, Shown } from "./run.js";

const versions = { haproxy: "3.0.11", stunnel: "5.74", OpenSSL: "3.5.9" };
const older: Shown = {
  server: "Redis 7.0",
  operatingSystem: "debian-12",
  versions: { ...versions, server: "7.0.15", haproxy: "2.6.12" },
};
const newer: Shown = {
  server: "Valkey 8.1",
  operatingSystem: "debian-13",
  versions: { ...versions, server: "8.1.1" },
};

const operations = (place: Shown, rates: readonly number[]): OperationRow => ({
  place,
  tunnel: "haproxy",
  rounds: rates.map((perSecond): Operations => ({
    perSecond,
    pipelinedPerSecond: 2 * perSecond,
    p50Microseconds: 100,
    cpuMicroseconds: { "app host's tunnel": perSecond / 100, "node's tunnel": 20, "Redis or Valkey": 5 },
  })),
});
const handshakes = (group: string, node: readonly number[], bytes: number): HandshakeRow => ({
  place: newer,
  tunnel: "haproxy",
  group,
  bytes: { toNode: bytes, toClient: 900 },
  rounds: node.map((one): Handshakes => ({ node: one, client: 700 })),
});

describe("the page of both releases", () => {
  const text = page({
    operations: [operations(older, [1000, 2000, 4000]), operations(newer, [500, 2000, 6000])],
    handshakes: [handshakes("X25519", [500, 600, 1000], 1000), handshakes("X25519MLKEM768", [600, 900, 900], 2200)],
    machine: ["Machine A"],
  }).join("\n");

  it("says of each server which release and which tunnel it has, and how it compares within a round", () => {
    assert.match(
      text,
      /^- Redis 7\.0\.15 behind HAProxy 2\.6\.12 on Debian 12 answers 2,000 operations a second of 50 connections; Valkey 8\.1\.1 behind HAProxy 3\.0\.11 on Debian 13 1 times as many, for 1 times the CPU each\.$/m,
    );
    assert.match(
      text,
      /^\| Debian 13 \| Valkey 8\.1\.1 \| HAProxy 3\.0\.11 \| 2,000 ± 1,375 \| 4,000 ± 2,750 \| 100 ± 0 \|$/m,
    );
    assert.match(
      text,
      /^\| Debian 12 \| Redis 7\.0\.15 \| HAProxy 2\.6\.12 \| 20 ± 7\.5 \| 20 ± 0 \| 5 ± 0 \| 45 ± 7\.5 \|$/m,
    );
  });

  it("says what the hybrid key exchange costs beside the classical one of the same release", () => {
    assert.match(
      text,
      /^- A node's HAProxy 3\.0\.11 on Debian 13 takes 1\.2 times the CPU for a full handshake by X25519MLKEM768 that it takes for one by X25519 \(900 µs against 600\)\. It has 3,100 bytes in place of 1,900\.$/m,
    );
    assert.match(
      text,
      /^\| Debian 13 \| HAProxy 3\.0\.11 \| X25519MLKEM768 \| 900 ± 75 \| 700 ± 0 \| 2,200 \| 900 \|$/m,
    );
  });
});
