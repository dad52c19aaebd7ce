import { regionOfZone } from "../plan/region";
import { quoted, type Problem } from "./problems";

/** A zone, and which argument names it. */
export interface NamedZone {
  readonly path: string;
  readonly zone: string;
}

/** Zones of other regions than the first one's: a VPC is in one. */
export function regionProblems(zones: readonly NamedZone[]): Problem[] {
  const [first] = zones;
  if (first === undefined) return [];
  const region = regionOfZone(first.zone);
  return zones
    .filter(({ zone }) => regionOfZone(zone) !== region)
    .map(({ path, zone }) => ({
      path,
      got: quoted(zone),
      allowed: `A VPC is in one region, and ${first.path} is in ${region}.`,
    }));
}
