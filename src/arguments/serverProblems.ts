import { amazonResolvers, amazonTime } from "../plan/amazonServices";
import { contains, hostCidr, isLinkLocal } from "../plan/cidr";
import type { CacheArguments } from "./cacheArguments";
import type { NamedCidr } from "./cidrProblems";
import { quoted, type Problem } from "./problems";

/**
 * Where resolvers and time servers can't be: link-local, where Amazon's own alone are, and in the cache's subnets, which hold
 * nothing else.
 */
export function serverProblems(given: CacheArguments<unknown>, subnets: readonly NamedCidr[]): Problem[] {
  const { dnsServers = [], timeServers = [] } = given;
  const resolvers = amazonResolvers(given.vpcCidrBlock);
  return [
    ...placeProblems("dnsServers", dnsServers, `its resolver is at ${resolvers.join(" and ")}`, resolvers, subnets),
    ...placeProblems("timeServers", timeServers, `its time server is at ${amazonTime}`, [amazonTime], subnets),
  ];
}

function placeProblems(
  list: string,
  servers: readonly string[],
  where: string,
  amazons: readonly string[],
  subnets: readonly NamedCidr[],
): Problem[] {
  return servers.flatMap((address, index) => {
    const fault = amazons.includes(address) ? undefined : faultOf(address, where, subnets);
    return fault === undefined ? [] : [{ path: `${list}[${index}]`, got: quoted(address), allowed: fault }];
  });
}

function faultOf(address: string, where: string, subnets: readonly NamedCidr[]): string | undefined {
  if (isLinkLocal(hostCidr(address))) return `Link-local addresses are Amazon's: ${where}.`;
  const subnet = subnets.find(({ cidr }) => contains(cidr, hostCidr(address)));
  return subnet && `It is in ${subnet.path} (${subnet.cidr}), which holds the cache alone.`;
}
