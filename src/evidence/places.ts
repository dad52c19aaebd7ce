import { idPattern } from "../arguments/leaves";
import { clientCertificate } from "../plan/certificates";
import { counted } from "../plan/counted";
import type { HostKind } from "../plan/hostKinds";
import type { Evidence } from "./evidence";
import type { RecordHead } from "./record";
import type { Check } from "./check";

/** Where a check is looked at: a node, the app hosts of a client, the AWS account, or by a person. */
export interface Place {
  readonly kind: HostKind | "aws" | "person";
  /** Of a node or of a client. */
  readonly name: string;
  /** Of a client, where the organisation has said how many hosts it has: so many of them that nobody has looked at, beside others. */
  readonly others?: number;
}

const aws: Place = { kind: "aws", name: "" };
const person: Place = { kind: "person", name: "" };

/** Everywhere that a check of a cache has to be looked at. */
export function placesOf(check: Check, { deployed, arguments: { clients } }: Evidence): Place[] {
  if (check.by === "aws") return [aws];
  if (check.by === "person") return [person];
  return check.hosts.flatMap((kind) =>
    (kind === "cache" ? deployed.nodes.map(({ name }) => name) : clients).map((name) => ({ kind, name })),
  );
}

/**
 * What a record is of, by what its host says of itself; `undefined` where that is no part of the cache, or can't be told. The instance's id
 * comes first, then the names in an app host's certificate. The last word is the machine's own name, which whoever set it up has chosen.
 */
export function placeOf({ target, host }: RecordHead, evidence: Evidence): Place | undefined {
  if (target === "aws") return aws;
  const instance = instanceOf(host);
  if (instance === undefined) return undefined;
  const certified = host.split(" ").slice(1, -1);
  const { cache, deployed, arguments: shape } = evidence;
  const name =
    target === "cache"
      ? deployed.nodes.find(({ instanceId }) => instanceId === instance)?.name
      : shape.clients.find((client) => certified.includes(clientCertificate(cache, client).dnsName));
  return name === undefined ? undefined : { kind: target, name };
}

/** The id of the EC2 instance by which a host is told from every other; `undefined` where it says none. */
export function instanceOf(host: string): string | undefined {
  const words = host.split(" ");
  const [first = ""] = words;
  return words.length > 1 && idPattern("i").test(first) ? first : undefined;
}

export function isSamePlace(one: Place | undefined, other: Place): boolean {
  return one?.kind === other.kind && one.name === other.name;
}

/** A place, as the report names it. */
export function placeInWords({ kind, name, others }: Place): string {
  if (others !== undefined) return `${counted(others, "other app host")} of ${name}`;
  return { cache: name, client: `the app host of ${name}`, aws: "AWS", person: "your organisation" }[kind];
}

/** A host that is no part of the cache, so that it can't be taken for a place that is, whatever it calls itself. */
export function strangerInWords(host: string): string {
  return `${host} (no part of this cache)`;
}
