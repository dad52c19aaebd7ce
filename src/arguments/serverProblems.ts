import { amazonResolvers, amazonTime } from "../plan/amazonServices";
import { contains, hostCidr, isLinkLocal, type Cidr } from "../plan/cidr";
import { isKeptByAws } from "../plan/specialNetworks";
import { vpcNetworks } from "../plan/vpcNetworks";
import type { CacheArguments } from "./cacheArguments";
import type { NamedCidr } from "./cidrProblems";
import { quoted, type Problem } from "./problems";

/**
 * Where resolvers and time servers can't be: link-local, where Amazon's own alone are, at the addresses that AWS keeps, and in the
 * cache's subnets, which hold nothing else.
 */
export function serverProblems(given: Given, subnets: readonly NamedCidr[]): Problem[] {
  const resolvers = amazonResolvers(given.vpcCidrBlock);
  return [
    ...placeProblems(
      { list: "dnsServers", where: `its resolver is at ${resolvers.join(" and ")}`, amazons: resolvers },
      given,
      subnets,
    ),
    ...placeProblems(
      { list: "timeServers", where: `its time server is at ${amazonTime}`, amazons: [amazonTime] },
      given,
      subnets,
    ),
  ];
}

type Given = CacheArguments<unknown>;

/** Servers of one kind, and Amazon's own, which are where no others can be. */
interface Servers {
  readonly list: "dnsServers" | "timeServers";
  readonly where: string;
  readonly amazons: readonly string[];
}

function placeProblems({ list, where, amazons }: Servers, given: Given, subnets: readonly NamedCidr[]): Problem[] {
  return (given[list] ?? []).flatMap((address, index) => {
    const fault = amazons.includes(address) ? undefined : faultOf(hostCidr(address), where, given, subnets);
    return fault === undefined ? [] : [{ path: `${list}[${index}]`, got: quoted(address), allowed: fault }];
  });
}

function faultOf(host: Cidr, where: string, given: Given, subnets: readonly NamedCidr[]): string | undefined {
  if (isLinkLocal(host)) return `Link-local addresses are Amazon's: ${where}.`;
  const subnet = subnets.find(({ cidr }) => contains(cidr, host));
  if (subnet !== undefined) return `It is in ${subnet.path} (${subnet.cidr}), which holds the cache alone.`;
  const kept = keptByAws(given, host);
  return kept && `${kept} Here, ${where}.`;
}

/** Why no host of the VPC can have an address or all of a network's, where AWS keeps them for itself. */
export function keptByAws(vpc: Given, cidr: Cidr): string | undefined {
  const network = vpcNetworks(vpc).find((one) => isKeptByAws(one, cidr));
  return (
    network && `AWS keeps the first four addresses and the last one of ${network} for itself: no host can have them.`
  );
}
