import type { Evidence } from "./evidence";
import { isSamePlace, type Place } from "./places";
import type { CheckAt, Seen } from "./verified";

/** How many of how many were looked at. */
export interface Share {
  /** So many were looked at. */
  readonly seen: number;
  /** So many there are. */
  readonly of: number;
}

/** The same of things that have names. */
export interface NamedShare extends Share {
  /** The names of those that nobody has looked at. */
  readonly unseen: readonly string[];
}

/** How much of a cache was looked at, by records that count. */
export interface Coverage {
  /** Checks by a command, each once for every node, for the app hosts of every client, or for the account. */
  readonly automatic: Share;
  /** Checks by a person. */
  readonly attestations: Share;
  /** The cache's nodes. */
  readonly nodes: NamedShare;
  /** Clients of which an app host was looked at. How many hosts a client has, the cache does not know. */
  readonly clients: NamedShare;
  /** Whether the AWS account was looked at. */
  readonly aws: boolean;
  /** When the oldest of these looks was: RFC 3339, UTC. */
  readonly since: string | undefined;
}

export function coverage(
  { deployed, arguments: { clients } }: Evidence,
  controls: readonly { readonly seen: Seen }[],
): Coverage {
  const all = controls.flatMap(({ seen }) => seen.checks);
  const looked = all.filter(isSeen);
  const places = (kind: Place["kind"], names: readonly string[]): NamedShare => {
    const isLooked = (name: string): boolean => looked.some(({ place }) => isSamePlace(place, { kind, name }));
    return { ...share(names, isLooked), unseen: names.filter((name) => !isLooked(name)) };
  };
  return {
    automatic: share(
      all.filter(({ by }) => by !== "person"),
      isSeen,
    ),
    attestations: share(
      all.filter(({ by }) => by === "person"),
      isSeen,
    ),
    nodes: places(
      "cache",
      deployed.nodes.map(({ name }) => name),
    ),
    clients: places("client", clients),
    aws: looked.some(({ by }) => by === "aws"),
    since: looked
      .flatMap(({ dates }) => dates)
      .sort()
      .at(0),
  };
}

function isSeen({ outcome }: CheckAt): boolean {
  return outcome !== "not looked at";
}

function share<T>(all: readonly T[], isCounted: (one: T) => boolean): Share {
  return { seen: all.filter(isCounted).length, of: all.length };
}
