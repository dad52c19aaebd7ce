import { createHash } from "node:crypto";

/** A shard and a number there. */
export type Place = `${number}-${number}`;

export const address = (place: Place): string => `127.82.0.${Number(place[0]) * 6 + Number(place[2]) + 1}`;
export const id = (place: Place): string => place.replace("-", "").padEnd(40, "f");

/** What one node says of another. */
interface Said {
  /** As Redis writes it; `master` where nothing is said. */
  readonly flags?: string;
  readonly follows?: Place;
  readonly epoch?: number;
  readonly slots?: string;
  /** The list of members that it goes by. */
  readonly list?: string;
}

export type Nodes = Readonly<Partial<Record<Place, Said>>>;

export function nodesLines(nodes: Nodes): string {
  return Object.entries(nodes)
    .map(([at, { flags, follows, epoch = 0, slots = "", list } = {}]) => {
      const place = at as Place;
      const kind = follows === undefined ? "master" : "slave";
      const name = list === undefined ? "" : `,${list}`;
      const words = [id(place), `${address(place)}:6379@16379${name}`, flags ?? kind];
      return [...words, follows === undefined ? "-" : id(follows), 0, 0, epoch, "connected", slots].join(" ").trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}

export function membersLines(places: readonly Place[]): string {
  return places.map((place) => `${place} ${address(place)} ${id(place)}\n`).join("");
}

export const three: readonly Place[] = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"];
export const four: readonly Place[] = [...three, "3-0", "3-1"];

/** How nodes tell each other by which list they go. */
export const nameOf = (places: readonly Place[]): string =>
  `members-${createHash("sha256").update(membersLines(places)).digest("hex").slice(0, 16)}`;

/** Three shards as they are formed. */
export const formed: Nodes = {
  "0-0": { epoch: 100, slots: "0-5460" },
  "0-1": { follows: "0-0", epoch: 100 },
  "1-0": { epoch: 99, slots: "5461-10921" },
  "1-1": { follows: "1-0", epoch: 99 },
  "2-0": { epoch: 98, slots: "10922-16383" },
  "2-1": { follows: "2-0", epoch: 98 },
};

/** What a node answers whose Redis is in touch with others. Some fields are as long as an id. */
export function inTouch(nodes: Nodes, epoch = 100, state = "ok", replication = ""): string {
  return [
    ...["OK", `cluster_state:${state}`, `cluster_known_nodes:${Object.keys(nodes).length}`],
    ...[`cluster_current_epoch:${epoch}`, "cluster_stats_messages_update_received:1"],
    ...["cluster_stats_messages_auth-req_received:1", "", nodesLines(nodes), replication],
  ].join("\n");
}

/** The same as one of them says it. */
export function asSeenBy(place: Place, nodes: Nodes): Nodes {
  const said = nodes[place] ?? {};
  const flags = said.flags ?? (said.follows === undefined ? "master" : "slave");
  return { ...nodes, [place]: { ...said, flags: `myself,${flags}` } };
}
