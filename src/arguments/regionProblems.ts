import { isRegion, regionOfZone } from "../plan/region";
import { quoted, type Problem } from "./problems";

/** A zone, and which argument names it. */
export interface NamedZone {
  readonly path: string;
  readonly zone: string;
}

/** The zones of a cache's subnets. */
export function zonesOf(subnets: readonly { readonly availabilityZone: string }[]): NamedZone[] {
  return subnets.map(({ availabilityZone: zone }, index) => ({ path: `subnets[${index}].availabilityZone`, zone }));
}

/** The zones of a list argument. */
export function namedZones(list: string, zones: readonly string[]): NamedZone[] {
  return zones.map((zone, index) => ({ path: `${list}[${index}]`, zone }));
}

/**
 * Zones of a region that there is not, of another one than the provider's, and of another one than the first zone's: a VPC is in one.
 * What the provider is set to is its own to judge: it may be newer than the table here.
 */
export function regionProblems(zones: readonly NamedZone[], ofProvider?: string): Problem[] {
  const [first] = zones;
  if (first === undefined) return [];
  return zones.flatMap(({ path, zone }) => {
    const allowed = faultOf(regionOfZone(zone), first, ofProvider);
    return allowed === undefined ? [] : [{ path, got: quoted(zone), allowed }];
  });
}

function faultOf(region: string, first: NamedZone, ofProvider: string | undefined): string | undefined {
  if (region === ofProvider) return undefined;
  if (!isRegion(region)) {
    return `AWS has no region ${region}, as of 2026-11: name zones of one that there is. If it is newer, set aws:region to it.`;
  }
  if (ofProvider !== undefined) {
    return `The provider's region is ${ofProvider}: name zones of it, or set aws:region, or the region of the component's own provider, to ${region}.`;
  }
  const ofFirst = regionOfZone(first.zone);
  return region === ofFirst ? undefined : `A VPC is in one region, and ${first.path} is in ${ofFirst}.`;
}
