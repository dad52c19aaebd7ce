import { isPrivate, prefixLength, subnetAt, type Cidr } from "./cidr";
import { duplicateProblems, nameProblems } from "./names";
import { quoted, type Problem } from "./problems";
import { networkCidrProblems } from "./validateCidrs";

/** What decides the shape of a network. */
export interface NetworkShape {
  readonly cidrBlock: string;
  readonly availabilityZones: readonly string[];
  readonly allowSharedTenancy?: boolean;
}

/** A VPC with a bastion, an application and room for a cache subnet in each Availability Zone. */
export interface NetworkPlan {
  readonly name: string;
  readonly cidrBlock: Cidr;
  readonly instanceTenancy: "dedicated" | "default";
  readonly zones: readonly ZonePlan[];
}

export interface ZonePlan {
  readonly index: number;
  readonly availabilityZone: string;
  /** Public: the bastion hosts and the NAT gateway. */
  readonly bastionCidrBlock: Cidr;
  /** Private: the application hosts. */
  readonly appCidrBlock: Cidr;
  /** Private: left free for the cache, which makes its own subnet there. */
  readonly cacheCidrBlock: Cidr;
}

const widestPrefix = 16;
const narrowestPrefix = 20;
const mostZones = 6;
/** The VPC is cut into sixteen parts: the first holds the small subnets, the others an application subnet each. */
const partBits = 4;
const smallPrefix = 28;

/** Everything that is wrong with the arguments of a network. */
export function networkProblems(name: string, shape: NetworkShape): Problem[] {
  const { availabilityZones } = shape;
  const problems = [...nameProblems("component", "name", name), ...vpcProblems(shape.cidrBlock)];
  const path = "availabilityZones";
  if (
    !Array.isArray(availabilityZones) ||
    availabilityZones.length < 1 ||
    availabilityZones.length > mostZones
  ) {
    return [...problems, { path, got: quoted(availabilityZones), allowed: `Give 1 to ${mostZones} names.` }];
  }
  const paths = availabilityZones.map((_, index) => `${path}[${index}]`);
  return [
    ...problems,
    ...availabilityZones.flatMap((zone, index) =>
      nameProblems("availabilityZone", `${path}[${index}]`, zone),
    ),
    ...duplicateProblems(paths, availabilityZones),
  ];
}

/** Decides a network from arguments that have been found valid. */
export function planNetwork(name: string, shape: NetworkShape): NetworkPlan {
  const { cidrBlock } = shape;
  const partPrefix = prefixLength(cidrBlock) + partBits;
  const small = subnetAt(cidrBlock, partPrefix, 0);
  return {
    name,
    cidrBlock,
    instanceTenancy: shape.allowSharedTenancy === true ? "default" : "dedicated",
    zones: shape.availabilityZones.map((availabilityZone, index) => ({
      index,
      availabilityZone,
      bastionCidrBlock: subnetAt(small, smallPrefix, index),
      cacheCidrBlock: subnetAt(small, smallPrefix, mostZones + index),
      appCidrBlock: subnetAt(cidrBlock, partPrefix, index + 1),
    })),
  };
}

function vpcProblems(cidrBlock: unknown): Problem[] {
  const problems = networkCidrProblems("cidrBlock", cidrBlock);
  if (problems.length > 0) return problems;
  if (!isPrivate(cidrBlock as string)) {
    const allowed = "Give a private network (RFC 1918): in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.";
    return [{ path: "cidrBlock", got: quoted(cidrBlock), allowed }];
  }
  if (prefixLength(cidrBlock as string) <= narrowestPrefix) return [];
  const allowed = `It is too small: give /${widestPrefix} to /${narrowestPrefix}.`;
  return [{ path: "cidrBlock", got: quoted(cidrBlock), allowed }];
}
