import { cidrFault, hostCidr, isAddress, isLinkLocal, overlaps, prefixLength, type Cidr } from "../plan/cidr";
import { withoutHostsBecause } from "../plan/specialNetworks";
import type { Check } from "./check";
import { quoted, type Problem } from "./problems";

/** Prefix lengths of a VPC and its subnets (VPC User Guide, "Subnet CIDR blocks"). */
const networkPrefix = { shortest: 16, longest: 28 };

/** The widest network of peers: 10.0.0.0/8 is the widest private one (RFC 1918). */
const shortestPeerPrefix = 8;

/** The problems with the network of a VPC or subnet. */
export function networkCidrProblems(path: string, value: unknown): Problem[] {
  const problems = anyCidrProblems(path, value);
  if (problems.length > 0) return problems;
  const prefix = prefixLength(value as string);
  if (prefix >= networkPrefix.shortest && prefix <= networkPrefix.longest) return [];
  const size = prefix < networkPrefix.shortest ? "too large" : "too small";
  const allowed = `It is ${size}: AWS takes /${networkPrefix.shortest} to /${networkPrefix.longest}.`;
  return [{ path, got: quoted(value), allowed }];
}

/** A sound network and the argument that gave it. */
export interface NamedCidr {
  readonly path: string;
  readonly cidr: Cidr;
}

/** The sound networks of a list argument. */
export function namedCidrs(list: string, cidrs: readonly Cidr[]): NamedCidr[] {
  return cidrs.map((cidr, index) => ({ path: `${list}[${index}]`, cidr }));
}

/** The problems of sound networks that share an address with one before them. */
export function overlapProblems(networks: readonly NamedCidr[]): Problem[] {
  return networks.flatMap((one, index) =>
    networks
      .slice(0, index)
      .filter((other) => overlaps(one.cidr, other.cidr))
      .map((other) => ({
        path: one.path,
        got: quoted(one.cidr),
        allowed: `It overlaps ${other.path} (${other.cidr}): give networks that share no address.`,
      })),
  );
}

/** The problems with a network whose hosts may connect to the cache. */
export function peerCidrProblems(path: string, value: unknown): Problem[] {
  if (value === "0.0.0.0/0" || value === "::/0") {
    const allowed = "The whole world may not reach a cache that holds PHI: name the networks of your own hosts.";
    return [{ path, got: quoted(value), allowed }];
  }
  const problems = anyCidrProblems(path, value);
  if (problems.length > 0) return problems;
  if (prefixLength(value as string) >= shortestPeerPrefix) return [];
  const allowed = `It is too large: give networks of /${shortestPeerPrefix} or smaller.`;
  return [{ path, got: quoted(value), allowed }];
}

/** The problems with a network, `0.0.0.0/0` among those that are allowed. */
export function anyCidrProblems(path: string, value: unknown): Problem[] {
  const fault = cidrFault(value) ?? noHostsFault(value as Cidr);
  return fault === undefined ? [] : [{ path, got: quoted(value), allowed: fault }];
}

function noHostsFault(cidr: Cidr): string | undefined {
  const what = withoutHostsBecause(cidr);
  return what && `It is ${what}: no host there can call or be called through a VPC. Give a network that has hosts.`;
}

/** The problems with the address of a host that the node calls. */
export function addressProblems(path: string, value: unknown): Problem[] {
  const fault = isAddress(value) ? hostFault(hostCidr(value)) : `Give ${anAddress}.`;
  return fault === undefined ? [] : [{ path, got: quoted(value), allowed: fault }];
}

const anAddress = 'the IPv4 address of a host, such as "10.0.64.10"';

/** Of link-local addresses Amazon's own servers have some. */
function hostFault(host: Cidr): string | undefined {
  const what = isLinkLocal(host) ? undefined : withoutHostsBecause(host);
  return what && `It is ${what}: give ${anAddress}.`;
}

/** The problems of the sound networks of one list that share an address. */
export const apart: Check = (path, value) => overlapProblems(namedCidrs(path, value as readonly Cidr[]));
