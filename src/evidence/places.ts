import { clientCertificate } from "../plan/certificates";
import type { HostKind } from "../plan/hostKinds";
import type { Evidence } from "./evidence";
import type { VerificationRecord } from "./record";
import type { Check } from "./check";

/** Where a check is looked at: a node, the app hosts of a client, the AWS account, or by a person. */
export interface Place {
  readonly kind: HostKind | "aws" | "person";
  /** Of a node or of a client. */
  readonly name: string;
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
export function placeOf({ target, host }: VerificationRecord, evidence: Evidence): Place | undefined {
  if (target === "aws") return aws;
  const [instance, ...certified] = host.split(" ").slice(0, -1);
  const { cache, deployed, arguments: shape } = evidence;
  const name =
    target === "cache"
      ? deployed.nodes.find(({ instanceId }) => instanceId === instance)?.name
      : shape.clients.find((client) => certified.includes(clientCertificate(cache, client).dnsName));
  return name === undefined ? undefined : { kind: target, name };
}

export function isSamePlace(one: Place | undefined, other: Place): boolean {
  return one?.kind === other.kind && one.name === other.name;
}

/** A place, as the report names it. */
export function placeInWords({ kind, name }: Place): string {
  return { cache: name, client: `the app host of ${name}`, aws: "AWS", person: "your organisation" }[kind];
}
