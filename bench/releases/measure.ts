import { redisBenchmark } from "../../lab/load/redisBenchmark.js";
import type { Machine } from "../../lab/machines/machine.js";
import type { TunnelRoute } from "../../lab/routes/route.js";
import type { TunnelPrograms } from "../../lab/routes/tunnelPrograms.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { comeToRest } from "../load/comeToRest.js";
import { handshakeCpuMicroseconds, type HandshakeClient } from "../load/handshakes.js";
import { steadyLoad } from "../load/steadyLoad.js";
import type { Place } from "./place.js";

/** What a round has found of operations of 50 connections, and of a lone one. */
export interface Operations {
  readonly perSecond: number;
  readonly pipelinedPerSecond: number;
  readonly p50Microseconds: number;
  /** For an operation, by who spends it. */
  readonly cpuMicroseconds: Readonly<Record<Spender, number>>;
}

export const spenders = ["app host's tunnel", "node's tunnel", "Redis or Valkey"] as const;
type Spender = (typeof spenders)[number];

/** What a round has found of full handshakes: processor time for one. */
export interface Handshakes {
  readonly node: number;
  readonly client: number;
}

/** What TLS sends in one, each way. */
export interface BytesOfHandshake {
  readonly toNode: number;
  readonly toClient: number;
}

export async function measureOperations(place: Place, tunnel: TunnelEngine, seconds: number): Promise<Operations> {
  const { fixture } = place;
  const route = routeOf(place, tunnel);
  const pids = [route.tunnel.client.pid, route.tunnel.server.pid, fixture.shippedRedis.pid];
  const steady = await steadyLoad(fixture, route, { connections: 50, pipeline: 1, seconds }, pids);
  const pipelined = await steadyLoad(fixture, route, { connections: 50, pipeline: 16, seconds }, pids);
  const lone = await redisBenchmark(fixture, route, { connections: 1, pipeline: 1, operations: 5000 });
  const [client = 0, server = 0, redis = 0] = steady.cpuMicroseconds;
  return {
    perSecond: steady.operationsPerSecond,
    pipelinedPerSecond: pipelined.operationsPerSecond,
    p50Microseconds: lone.p50Microseconds,
    cpuMicroseconds: { "app host's tunnel": client, "node's tunnel": server, "Redis or Valkey": redis },
  };
}

/** Shakes hands with the node's tunnel by one group alone; the client is openssl of the release given. */
export async function measureHandshakes(
  place: Place,
  tunnel: TunnelEngine,
  client: HandshakeClient,
  seconds: number,
): Promise<Handshakes> {
  const { handshake } = routeOf(place, tunnel);
  const { server, client: own } = await handshakeCpuMicroseconds(place.fixture, handshake, seconds, client);
  await comeToRest([handshake.server.pid]);
  return { node: server, client: own };
}

/** Of one by that group; fails where it was by another. */
export async function bytesOfHandshake(
  place: Place,
  tunnel: TunnelEngine,
  client: HandshakeClient,
  group: string,
): Promise<BytesOfHandshake> {
  const { address, options } = routeOf(place, tunnel).handshake;
  const command = [...(client.behind ?? []), "openssl", "s_client", "-connect", address, "-tls1_3", ...options];
  const told = await place.fixture.app.run(command, client.env === undefined ? {} : { env: client.env });
  const [, toClient, toNode] = /has read (\d+) bytes and written (\d+) bytes/.exec(told) ?? [];
  // Of a classical group openssl tells the kind of its key instead.
  const [, used] = /^(?:Negotiated TLS1\.3 group|Peer Temp Key): (\w+)/m.exec(told) ?? [];
  if (toClient === undefined || used !== group)
    throw new Error(`${tunnel} of ${place.operatingSystem} did not shake hands by ${group}: ${told.slice(-500)}`);
  return { toNode: Number(toNode), toClient: Number(toClient) };
}

/** A release's openssl that offers one group alone: s_time takes none as an option. */
export function offering(group: string, machine: Machine, programs: TunnelPrograms): HandshakeClient {
  const file = `/run/offering-${group}.cnf`;
  const sections = [
    "openssl_conf = all",
    "[all]\nssl_conf = tls",
    "[tls]\nsystem_default = offered",
    `[offered]\nGroups = ${group}`,
  ];
  machine.write(file, `${sections.join("\n")}\n`);
  return { behind: programs.behind(machine), env: { OPENSSL_CONF: file } };
}

function routeOf({ routes }: Place, tunnel: TunnelEngine): TunnelRoute {
  const route = routes.get(tunnel);
  if (route === undefined) throw new Error(`There is no route by ${tunnel}.`);
  return route;
}
