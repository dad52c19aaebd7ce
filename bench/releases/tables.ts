import { median, spread } from "../../lab/load/statistics.js";
import { releases } from "../../src/plan/operatingSystem.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import { rounded } from "../report/rounded.js";
import { spenders, type Operations } from "./measure.js";
import type { HandshakeRow, Measured, OperationRow, Shown } from "./run.js";

/** All that a run has found. */
export function tablesOf({ operations, handshakes }: Measured): string[] {
  const count = operations[0]?.rounds.length ?? 0;
  return [
    "## Operations",
    "",
    ...table(["release", "server", "tunnel", ...Object.keys(figures)], operations.map(operationCells)),
    "",
    "## CPU for an operation of 50 connections, in microseconds",
    "",
    ...table(["release", "server", "tunnel", ...spenders, "all"], operations.map(cpuCells)),
    "",
    "## A full handshake",
    "",
    ...table(["release", "tunnel", "group", ...handshakeFigures], handshakes.map(handshakeCells)),
    "",
    `Medians of ${count} rounds ± half of the distance between the quartiles. The client's CPU is that of OpenSSL's own work. Bytes are what TLS sends, without what TCP and IP add.`,
    "",
  ];
}

const figures: Readonly<Record<string, (one: Operations) => number>> = {
  "operations/s, 50 connections": (one) => one.perSecond,
  "the same, pipeline of 16": (one) => one.pipelinedPerSecond,
  "median latency of a lone one, µs": (one) => one.p50Microseconds,
};

function operationCells({ place, tunnel, rounds }: OperationRow): string[] {
  return [...names(place, tunnel), ...Object.values(figures).map((of) => withSpread(rounds.map(of)))];
}

function cpuCells({ place, tunnel, rounds }: OperationRow): string[] {
  const ofEach = spenders.map((one) => withSpread(rounds.map(({ cpuMicroseconds }) => cpuMicroseconds[one])));
  return [...names(place, tunnel), ...ofEach, withSpread(rounds.map(wholeCpu))];
}

const handshakeFigures = [
  "CPU of the node's tunnel, µs",
  "CPU of the client, µs",
  "bytes to the node",
  "bytes to the client",
];

function handshakeCells({ place, tunnel, group, bytes, rounds }: HandshakeRow): string[] {
  const { release, program } = named(place, tunnel);
  const cpu = [rounds.map(({ node }) => node), rounds.map(({ client }) => client)].map(withSpread);
  return [release, program, group, ...cpu, rounded(bytes.toNode), rounded(bytes.toClient)];
}

/** Of the tunnel's two ends and the server together. */
export function wholeCpu({ cpuMicroseconds }: Operations): number {
  return spenders.map((one) => cpuMicroseconds[one]).reduce((sum, one) => sum + one, 0);
}

/** What a row is of, with each program's own version. */
export function named(place: Shown, tunnel: TunnelEngine): { release: string; server: string; program: string } {
  const [engine = ""] = place.server.split(" ");
  return {
    release: releases[place.operatingSystem].title,
    server: `${engine} ${place.versions.server}`,
    program: tunnelNamed(place, tunnel),
  };
}

export function tunnelNamed({ versions }: Shown, tunnel: TunnelEngine): string {
  return `${engineNames[tunnel]} ${versions[tunnel]}`;
}

function names(place: Shown, tunnel: TunnelEngine): string[] {
  return Object.values(named(place, tunnel));
}

function withSpread(values: readonly number[]): string {
  return `${rounded(median(values))} ± ${rounded(spread(values))}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = heads.map((head) => (textHeads.has(head) ? "---" : "---:"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

const textHeads: ReadonlySet<string> = new Set(["release", "server", "tunnel", "group"]);
