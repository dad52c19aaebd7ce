import { classicalGroup, hybridGroup } from "../../src/plan/keyExchange.js";
import { releases } from "../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import type { HandshakeClient } from "../load/handshakes.js";
import {
  bytesOfHandshake,
  measureHandshakes,
  measureOperations,
  offering,
  type BytesOfHandshake,
  type Handshakes,
  type Operations,
} from "./measure.js";
import type { Place } from "./place.js";

/** What a page tells of a place. */
export type Shown = Pick<Place, "server" | "operatingSystem" | "versions">;

/** A server behind a tunnel of its release, in all rounds. */
export interface OperationRow {
  readonly place: Shown;
  readonly tunnel: TunnelEngine;
  readonly rounds: Operations[];
}

/** Handshakes with a tunnel of a release by one group, in all rounds. */
export interface HandshakeRow {
  readonly place: Shown;
  readonly tunnel: TunnelEngine;
  readonly group: string;
  readonly bytes: BytesOfHandshake;
  readonly rounds: Handshakes[];
}

export interface Measured {
  readonly operations: readonly OperationRow[];
  readonly handshakes: readonly HandshakeRow[];
}

interface Effort {
  readonly rounds: number;
  /** How long each measurement takes at least. */
  readonly seconds: number;
}

/** Everything once a round, one row after the other, so that a slow minute of the machine hits them alike. */
export async function measureAll(
  places: readonly Place[],
  { rounds, seconds }: Effort,
  progress: (line: string) => void,
): Promise<Measured> {
  const operations = operationRows(places);
  const handshakes = await handshakeRows(places);
  for (let round = 1; round <= rounds; round += 1) {
    const say = (...words: readonly string[]): void => {
      progress(`round ${round} of ${rounds}: ${words.join(", ")}`);
    };
    for (const { at, row } of operations) {
      say(row.place.server, row.tunnel);
      row.rounds.push(await measureOperations(at, row.tunnel, seconds));
    }
    for (const { at, row, client } of handshakes) {
      say(row.place.operatingSystem, row.tunnel, row.group);
      row.rounds.push(await measureHandshakes(at, row.tunnel, client, Math.ceil(seconds)));
    }
  }
  return { operations: operations.map(({ row }) => row), handshakes: handshakes.map(({ row }) => row) };
}

function operationRows(places: readonly Place[]): At<OperationRow>[] {
  return places.flatMap((at) => tunnelEngines.map((tunnel) => ({ at, row: { place: shown(at), tunnel, rounds: [] } })));
}

/** A row, and where it is measured. */
interface At<Row> {
  readonly at: Place;
  readonly row: Row;
}

/** With the tunnels of each release once: which server answers behind them does not matter. */
async function handshakeRows(
  places: readonly Place[],
): Promise<(At<HandshakeRow> & { readonly client: HandshakeClient })[]> {
  const rows = [];
  for (const at of places.filter((one) => places.find((other) => isSameRelease(one, other)) === one))
    for (const tunnel of tunnelEngines)
      for (const group of groupsOf(at)) {
        const client = offering(group, at.fixture.app, at.clients);
        const bytes = await bytesOfHandshake(at, tunnel, client, group);
        rows.push({ at, client, row: { place: shown(at), tunnel, group, bytes, rounds: [] } });
      }
  return rows;
}

function isSameRelease(one: Place, other: Place): boolean {
  return one.operatingSystem === other.operatingSystem;
}

function groupsOf({ operatingSystem }: Place): string[] {
  return releases[operatingSystem].hasHybridKeyExchange ? [classicalGroup, hybridGroup] : [classicalGroup];
}

function shown({ server, operatingSystem, versions }: Place): Shown {
  return { server, operatingSystem, versions };
}
