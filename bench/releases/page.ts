import { median } from "../../lab/load/statistics.js";
import { classicalGroup, hybridGroup } from "../../src/plan/keyExchange.js";
import { releases } from "../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { doubt } from "../report/machine.js";
import { rounded } from "../report/rounded.js";
import type { Handshakes, Operations } from "./measure.js";
import { named, tablesOf, tunnelNamed, wholeCpu } from "./tables.js";
import type { HandshakeRow, Measured, OperationRow } from "./run.js";

export interface Run extends Measured {
  readonly machine: readonly string[];
}

/** `docs/performance-releases.md`, written by the run; nobody edits it by hand. */
export function page({ operations, handshakes, machine }: Run): string[] {
  const caution = doubt(machine);
  return [
    "# Debian 12 beside Debian 13, Redis beside Valkey",
    "",
    ...tunnelEngines.flatMap((tunnel) => answersInWords(operations, tunnel)),
    ...tunnelEngines.flatMap((tunnel) => handshakesInWords(handshakes, tunnel)),
    "",
    ...(caution === "" ? [] : [caution, ""]),
    "How it was measured: `npm run bench:releases` runs the programs of each release's own packages, by the very files that its hosts get, side by side on one machine. In each round one row is measured after the other; ratios are taken within a round. The two hosts of a row are network namespaces with half of the processors each. redis-benchmark, the same for all rows, reads 1 KiB through the tunnel, which it reaches by a Unix socket. In a full handshake both ends show a certificate; the client is openssl of Debian 13, which offers one group alone.",
    "",
    ...tablesOf({ operations, handshakes }),
    "## The run",
    "",
    ...machine.map((line) => `- ${line}`),
    "",
  ];
}

/** Each server against the first, behind one tunnel. */
function answersInWords(rows: readonly OperationRow[], tunnel: TunnelEngine): string[] {
  const [base, ...others] = rows.filter((row) => row.tunnel === tunnel);
  if (base === undefined) return [];
  const told = others.map((row) => {
    const times = ratioOf<Operations>(row.rounds, base.rounds, (one) => one.perSecond);
    const cpu = ratioOf(row.rounds, base.rounds, wholeCpu);
    return `${whole(row)} ${rounded(times)} times as many, for ${rounded(cpu)} times the CPU each`;
  });
  const rate = rounded(median(base.rounds.map(({ perSecond }) => perSecond)));
  return [`- ${whole(base)} answers ${rate} operations a second of 50 connections; ${told.join("; ")}.`];
}

/** `Redis 8.0.2 behind HAProxy 3.0.11 on Debian 13`. */
function whole({ place, tunnel }: OperationRow): string {
  const { release, server, program } = named(place, tunnel);
  return `${server} behind ${program} on ${release}`;
}

/** What the hybrid group costs where a release has it. */
function handshakesInWords(rows: readonly HandshakeRow[], tunnel: TunnelEngine): string[] {
  const own = rows.filter((row) => row.tunnel === tunnel);
  return own.flatMap((hybrid) => {
    const { operatingSystem } = hybrid.place;
    const classical = own.find((row) => row.group === classicalGroup && row.place.operatingSystem === operatingSystem);
    if (hybrid.group !== hybridGroup || classical === undefined) return [];
    const times = rounded(ratioOf<Handshakes>(hybrid.rounds, classical.rounds, ({ node }) => node));
    const [cpu, against] = [hybrid, classical].map(({ rounds }) => rounded(median(rounds.map(({ node }) => node))));
    const [bytes = 0, fewer = 0] = [hybrid, classical].map((row) => row.bytes.toNode + row.bytes.toClient);
    const program = `${tunnelNamed(hybrid.place, tunnel)} on ${releases[operatingSystem].title}`;
    return [
      `- A node's ${program} takes ${times} times the CPU for a full handshake by ${hybridGroup} that it takes for one by ${classicalGroup} (${cpu ?? ""} µs against ${against ?? ""}). It has ${rounded(bytes)} bytes in place of ${rounded(fewer)}.`,
    ];
  });
}

/** The median of the ratios of each round. */
function ratioOf<Round>(rounds: readonly Round[], base: readonly Round[], of: (one: Round) => number): number {
  return median(
    rounds.flatMap((one, index) => {
      const against = base[index];
      return against === undefined ? [] : [of(one) / of(against)];
    }),
  );
}
