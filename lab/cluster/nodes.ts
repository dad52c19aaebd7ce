import type { Host } from "../hosts/index.js";
import { waitFor } from "../until.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { slotCount } from "../../src/plan/cluster.js";
import { placesPerShard } from "../../src/plan/placement.js";
import { redisPort } from "../../src/plan/ports.js";
import { cacheName } from "../replicas/program.js";
import type { ReplicasFixture } from "../replicas/openReplicas.js";
import type { Leadership } from "../replicas/writeThrough.js";
import { nodesInView, type NodeInView } from "./view.js";

/** A node's shard and its number there, such as `0-1`. */
export type ShardPlace = `${number}-${number}`;

/** What a node's own Redis says of itself and of the cluster. */
export interface State {
  /** Whether it takes itself for in touch with most primaries. */
  readonly isOk: boolean;
  readonly slotsOk: number;
  readonly leads: boolean;
  /** Of a replica: whether it follows. */
  readonly isLinked: boolean;
  readonly followers: number;
  readonly keys: number;
  /** All nodes, as it sees them. */
  readonly view: ReadonlyMap<ShardPlace, NodeInView>;
}

/** What Redis of a node answers to its peers' scripts, the answer to AUTH left out; nothing where it does not answer. */
export async function asNode(host: Host, lines: readonly string[], asked?: ShardPlace): Promise<string> {
  const address = asked === undefined ? '"$HIPAA_REDIS_SELF"' : addressOf(asked);
  const ask = `. ${hostPaths.replicationEnvironment}; ${hostPaths.scriptsFolder}/ask-peer ${address} ${redisPort} _node`;
  const { stdout } = await host.exec(["sh", "-c", ask], { input: `${lines.join("\n")}\n` });
  return stdout.split("\n").slice(1).join("\n");
}

export async function stateOf(host: Host): Promise<State> {
  const told = await asNode(host, ["CLUSTER INFO", "CLUSTER NODES", "INFO"]);
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, "m").exec(told)?.[1]?.trim() ?? "";
  return {
    isOk: field("cluster_state") === "ok",
    slotsOk: Number(field("cluster_slots_ok")),
    leads: field("role") === "master",
    isLinked: field("master_link_status") === "up",
    followers: Number(field("connected_slaves")),
    keys: Number(/keys=(\d+)/.exec(field("db0"))?.[1] ?? 0),
    view: new Map(nodesInView(told).map((node) => [placeAt(node.address), node])),
  };
}

/** Each look starts programs on the nodes, which take time from what is looked at. */
const lookMs = 300;

/** Waits until the cluster is well, as all of its nodes see it; tells the place of who leads each shard that has slots, in their order. */
export async function settled(fixture: Pick<ReplicasFixture, "nodes">): Promise<ShardPlace[]> {
  let states: State[] = [];
  let leaders: ShardPlace[] = [];
  await waitFor(
    "all slots are served, and each shard has one node that leads and others that follow",
    async () => {
      states = await Promise.all(fixture.nodes.map(stateOf));
      const found = states.map((state) => leadersAsSeen(state, fixture.nodes.length));
      leaders = found[0] ?? [];
      return found[0] !== undefined && found.every((one) => one?.join() === leaders.join());
    },
    { shown: () => fixture.nodes.map((node, index) => shown(node, states[index])).join("\n"), pauseMs: lookMs },
  );
  return leaders;
}

/** Nothing where it does not see a cluster that is well. */
function leadersAsSeen(state: State, nodes: number): ShardPlace[] | undefined {
  const all = [...state.view];
  const isSeen = ({ flags, isConnected }: NodeInView): boolean =>
    (isConnected || flags.includes("myself")) && !flags.some((flag) => /fail|handshake|noaddr/.test(flag));
  const leaders = all.filter(([, { slots }]) => slots > 0).map(([place]) => place);
  const shards = new Set(all.map(([place]) => shardOf(place)));
  const isWell =
    state.isOk &&
    state.slotsOk === slotCount &&
    (state.leads ? state.followers > 0 : state.isLinked) &&
    all.length === nodes &&
    all.every(([, node]) => isSeen(node)) &&
    new Set(leaders.map(shardOf)).size === leaders.length &&
    leaders.length === shards.size;
  return isWell ? leaders.sort() : undefined;
}

function shown({ name }: Host, state: State | undefined): string {
  if (state === undefined) return `${name} was not asked`;
  const { view, ...rest } = state;
  const seen = [...view].map(
    ([place, { flags, slots, isConnected }]) => `${place} ${flags.join()} ${slots} ${isConnected}`,
  );
  return `${name}: ${JSON.stringify(rest)} ${seen.sort().join("; ")}`;
}

/** Of one shard of a cluster. */
export function primaryOfShard(shard: number): Leadership {
  return {
    settled: async (fixture) => nodeAt(fixture, leaderOf(await settled(fixture), shard)),
    anotherLeads: async (others, former) => {
      // One is enough: all hear of it on the bus.
      const [asked] = others;
      if (asked === undefined) throw new Error("Nobody is left to ask.");
      let seen: State | undefined;
      await waitFor(
        `another node leads shard ${shard}`,
        async () => {
          seen = await stateOf(asked);
          const leaders = [...seen.view].filter(([, { slots }]) => slots > 0).map(([place]) => place);
          return leaders.some((place) => shardOf(place) === shard && place !== placeOf(former));
        },
        { shown: () => shown(asked, seen), pauseMs: lookMs },
      );
    },
  };
}

export function leaderOf(leaders: readonly ShardPlace[], shard: number): ShardPlace {
  const found = leaders.find((place) => shardOf(place) === shard);
  if (found === undefined) throw new Error(`Nobody leads shard ${shard}.`);
  return found;
}

export function nodeAt({ nodes }: Pick<ReplicasFixture, "nodes">, place: ShardPlace): Host {
  const node = nodes.find((one) => placeOf(one) === place);
  if (node === undefined) throw new Error(`There is no node ${place}.`);
  return node;
}

export function placeOf({ name }: Pick<Host, "name">): ShardPlace {
  return name.slice(cacheName.length + 1) as ShardPlace;
}

export function shardOf(place: ShardPlace): number {
  return Number(place.split("-")[0]);
}

/** On every host's loopback. */
function addressOf(place: ShardPlace): string {
  const [shard = 0, number = 0] = place.split("-").map(Number);
  const offset = shard * placesPerShard + number + 1;
  return `127.82.${Math.floor(offset / 256)}.${offset % 256}`;
}

function placeAt(address: string): ShardPlace {
  const [, , high = 0, low = 0] = address.split(".").map(Number);
  const number = high * 256 + low - 1;
  return `${Math.floor(number / placesPerShard)}-${number % placesPerShard}`;
}
