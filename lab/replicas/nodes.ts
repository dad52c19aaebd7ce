import type { Host } from "../hosts/index.js";
import { waitFor } from "../until.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { sentinelPeer } from "../../src/host/redisUsers.js";
import { unitNames } from "../../src/host/units.js";
import { sentinelPort } from "../../src/plan/ports.js";
import { replicationName } from "../../src/plan/replication.js";
import { onNode } from "./onNode.js";
import type { ReplicasFixture } from "./openReplicas.js";
import type { Leadership } from "./writeThrough.js";

type NodesOf = Pick<ReplicasFixture, "nodes">;

/** What a node's own Redis says of its place among the others. */
export interface Place {
  readonly role: "master" | "slave" | "none";
  /** Of a replica: whether it follows. */
  readonly link: string;
  /** Of a primary: how many follow. */
  readonly followers: number;
  readonly keys: number;
}

export async function placeOf(node: Host): Promise<Place> {
  const { exitCode, stdout } = await node.exec(["bash", "-c", `echo INFO | ${hostPaths.scriptsFolder}/ask-redis`]);
  const field = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(stdout)?.[1] ?? "";
  const role = field("role");
  if (exitCode !== 0 || (role !== "master" && role !== "slave")) {
    return { role: "none", link: "", followers: 0, keys: 0 };
  }
  return {
    role,
    link: field("master_link_status"),
    followers: [...stdout.matchAll(/^slave\d+:.*state=online/gm)].length,
    keys: Number(/keys=(\d+)/.exec(field("db0"))?.[1] ?? 0),
  };
}

/** Each look starts programs on the nodes, which take time from what is looked at. */
const lookMs = 200;

/** Whom most Sentinels name, as a node's scripts find it: nobody where too few have answered in time. */
async function namedOn(node: Pick<Host, "exec">): Promise<string> {
  return (await node.exec([`${hostPaths.scriptsFolder}/find-primary`])).stdout.trim();
}

/** The node that leads, once one does, all others follow it, and the Sentinels name it. */
export async function settled(fixture: NodesOf): Promise<{ primary: number; replicas: number[] }> {
  let places: Place[] = [];
  let primary = -1;
  let named = "";
  await waitFor(
    "one node leads, the others follow, and the Sentinels name it",
    async () => {
      places = await Promise.all(fixture.nodes.map(placeOf));
      primary = places.findIndex(({ role }) => role === "master");
      const isWell =
        places.filter(({ role }) => role === "master").length === 1 &&
        places[primary]?.followers === fixture.nodes.length - 1 &&
        places.every(({ role, link }) => role === "master" || link === "up");
      named = isWell ? await namedOn(nodeAt(fixture, 0)) : "";
      return named === loopbackAddress(primary);
    },
    { shown: () => `${JSON.stringify(places)}, named: ${named}`, pauseMs: lookMs },
  );
  return { primary, replicas: places.flatMap(({ role }, index) => (role === "slave" ? [index] : [])) };
}

/** Has another node lead, where this one does. */
export async function handsOver(fixture: ReplicasFixture, index: number): Promise<void> {
  const { primary } = await settled(fixture);
  if (primary !== index) return;
  await onNode(nodeAt(fixture, index), ["systemctl", "restart", unitNames.redis]);
  await settled(fixture);
}

/** Waits until each Sentinel counts all others among those that it reaches. */
export async function sentinelsReachEachOther(fixture: ReplicasFixture): Promise<void> {
  const asked = `. ${hostPaths.replicationEnvironment} && echo 'SENTINEL CKQUORUM ${replicationName}' | ${hostPaths.scriptsFolder}/ask-peer "$HIPAA_REDIS_SELF" ${sentinelPort} ${sentinelPeer}`;
  let answers: string[] = [];
  await waitFor(
    "each Sentinel reaches all others",
    async () => {
      answers = await Promise.all(
        fixture.nodes.map(async (node) => (await node.exec(["sh", "-c", asked])).stdout.trim()),
      );
      return answers.every((answer) => answer.includes(`OK ${fixture.nodes.length} usable Sentinels`));
    },
    { shown: () => answers.join("; ") },
  );
}

/** Of a cache with replicas, whose Sentinels name the primary. */
export const primaryOfCache: Leadership = {
  settled: async (fixture) => nodeAt(fixture, (await settled(fixture)).primary),
  anotherLeads: async (hosts, { name: former }) => {
    const [asked] = hosts;
    if (asked === undefined) throw new Error("Nobody is left to ask.");
    let named = "";
    await waitFor(
      "another node leads",
      async () => {
        named = await namedOn(asked);
        return named !== "" && named !== loopbackAddress(Number(former.split("-").at(-1)));
      },
      { shown: () => named, pauseMs: lookMs },
    );
  },
};

export function nodeAt(fixture: NodesOf, index: number): Host {
  const node = fixture.nodes[index];
  if (node === undefined) throw new Error(`There is no node ${index}.`);
  return node;
}

export function loopbackAddress(index: number): string {
  return `127.82.0.${index + 1}`;
}
