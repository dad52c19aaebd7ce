import type { Evidence } from "./evidence";
import { instanceOf, isSamePlace, type Place } from "./places";
import { looksByCommand } from "./recordSum";
import type { AppHosts, CheckAt, CountedRecord, Seen } from "./verified";

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

/** How many app hosts of a client were looked at. */
export interface HostShare {
  /** The client's name. */
  readonly client: string;
  /** So many were looked at. */
  readonly seen: number;
  /** So many there are, as the organisation says; `undefined` where nobody has said: the cache does not know. */
  readonly of: number | undefined;
}

/** How much of a cache was looked at, by records that count. */
export interface Coverage {
  /** Checks by a command, each once for every node, for the app hosts of every client, or for the account. */
  readonly automatic: Share;
  /** Checks by a person. */
  readonly attestations: Share;
  /** The cache's nodes. */
  readonly nodes: NamedShare;
  /** Clients of which an app host was looked at. */
  readonly clients: NamedShare;
  /** Of each client its app hosts, told apart by the ids of their instances. */
  readonly hosts: readonly HostShare[];
  /** Whether the AWS account was looked at. */
  readonly aws: boolean;
  /** When the oldest of these looks was: RFC 3339, UTC. */
  readonly since: string | undefined;
}

export function coverage(
  { deployed, arguments: { clients } }: Evidence,
  controls: readonly { readonly seen: Seen }[],
  hosts: readonly HostShare[],
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
    hosts,
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

/**
 * How many app hosts of each client were looked at.
 *
 * @throws Error when a client is none of the cache's, or when more of its hosts were looked at than it is said to have.
 */
export function hostShares(
  { arguments: { clients } }: Evidence,
  records: readonly CountedRecord[],
  appHosts: AppHosts,
): HostShare[] {
  const others = Object.keys(appHosts).filter((name) => !clients.includes(name));
  if (others.length > 0)
    throw new Error(`--app-hosts: ${others.join(", ")}: no such client. Clients of this cache: ${clients.join(", ")}.`);
  return clients.map((client) => {
    const own = records.filter((one) => isSamePlace(one.place, { kind: "client", name: client }));
    const seen = new Set(
      own
        .map(({ record }) => record)
        .filter(looksByCommand)
        .map(({ host }) => instanceOf(host)),
    ).size;
    const of = appHosts[client];
    if (of === undefined || (Number.isInteger(of) && of >= seen && of >= 0)) return { client, seen, of };
    throw new Error(
      `--app-hosts: ${client}=${of}, but signed records are of ${seen} of its hosts. Give the number of all of them.`,
    );
  });
}
