import type { Assessment } from "../assess";
import type { HostShare, NamedShare, Share } from "../coverage";
import type { Asset } from "../inventory";
import { placeInWords, type Place } from "../places";
import { lastLook, lookedHosts, notLookedAt } from "./looks";
import { sheet, type Sheet } from "./sheet";

const assetColumns = ["kind", "name", "identifier", "where", "lookedAt", "signedBy"] as const;

/** The inventory, and with it each host that somebody has looked at: app hosts are none of the cache's own. */
export function assetSheet(assessment: Assessment): Sheet {
  const hosts = lookedHosts(assessment).filter(({ place }) => place?.kind !== "cache");
  return sheet("assets", assetColumns, [
    ...assessment.assets.map(({ kind, name, identifier, where }) => {
      return { kind, name, identifier, where, ...lookedAt(assessment, placesOfAsset(assessment, { kind, name })) };
    }),
    ...hosts.map(({ place, instanceId, host, date, signedBy }) => ({
      kind: place === undefined ? "host that is no part of the cache" : "app host",
      name: place?.name ?? "",
      identifier: instanceId,
      where: host,
      lookedAt: day(date),
      signedBy,
    })),
  ]);
}

/** Where what an asset is can be looked at: on its node, on every node, or in AWS. */
function placesOfAsset({ evidence }: Assessment, { kind, name }: Pick<Asset, "kind" | "name">): Place[] {
  if (kind === "node" || kind === "Sentinel") return [{ kind: "cache", name }];
  if (kind !== "operator") return [{ kind: "aws", name: "" }];
  return evidence.deployed.nodes.map((node) => ({ kind: "cache", name: node.name }));
}

/** When all of these places had been looked at. */
function lookedAt(assessment: Assessment, places: readonly Place[]): { lookedAt: string; signedBy: string } {
  const looks = places.map((place) => lastLook(assessment, place));
  const known = looks.flatMap((look) => (look === undefined ? [] : [look]));
  if (known.length < places.length) return { lookedAt: notLookedAt, signedBy: "" };
  const [oldest] = [...known].sort((one, other) => Date.parse(one.date) - Date.parse(other.date));
  return { lookedAt: day(oldest?.date), signedBy: oldest?.signedBy ?? "" };
}

function day(date: string | undefined): string {
  return date?.slice(0, 10) ?? notLookedAt;
}

const populationColumns = ["population", "looked", "of", "notLooked", "knownFrom"] as const;

type PopulationRow = Readonly<Record<(typeof populationColumns)[number], string>>;

/** How many of how many were looked at. How many hosts a client has only the organisation knows. */
export function population({ coverage }: Pick<Assessment, "coverage">): Sheet {
  return sheet("population", populationColumns, [
    named("nodes", coverage.nodes, "the evidence"),
    named("clients of which a host was looked at", coverage.clients, "the argument clients"),
    ...coverage.hosts.map(appHostRow),
    shared("automatic checks, each at every place", coverage.automatic),
    shared("checks by people", coverage.attestations),
  ]);
}

function appHostRow({ client, seen, of }: HostShare): PopulationRow {
  const isKnown = of !== undefined;
  const records = `signed records of ${placeInWords({ kind: "client", name: client })}`;
  return {
    population: `hosts of ${client}`,
    looked: String(seen),
    of: isKnown ? String(of) : "not known",
    notLooked: isKnown ? String(of - seen) : "not known",
    knownFrom: isKnown
      ? `${records}; the number is your organisation's (--app-hosts)`
      : `${records}; how many there are, nobody has said (--app-hosts)`,
  };
}

function named(of: string, share: NamedShare, knownFrom: string): PopulationRow {
  return { ...shared(of, share), notLooked: share.unseen.join(", "), knownFrom };
}

function shared(of: string, share: Share): PopulationRow {
  return {
    population: of,
    looked: String(share.seen),
    of: String(share.of),
    notLooked: String(share.of - share.seen),
    knownFrom: "the plan, and signed records",
  };
}
