import { cidrFault, contains, overlaps, prefixLength, type Cidr } from "../plan/cidr";
import { replicatedMemoryPercentRange } from "../plan/limits";
import { places } from "../plan/placement";
import { replicaRange } from "../plan/replication";
import type { CacheArguments } from "./cacheArguments";
import type { Check } from "./check";
import { quoted, type Problem } from "./problems";

type Arguments = CacheArguments<unknown>;

/** One replica is none of a majority's making: two nodes can't outvote each other. */
export const replicasProblems: Check = (path, value) => {
  const { least, most } = replicaRange;
  if (value === 0) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return [];
  const allowed =
    value === 1
      ? `Of two nodes, one that is left is no majority, and could not take over: give 0, or ${least} to ${most}.`
      : `Give 0, or a whole number of replicas from ${least} to ${most}.`;
  return [{ path, got: quoted(value), allowed }];
};

/** What Debian and its resolver use of the loopback: 127.0.0.1, 127.0.0.53, 127.0.1.1. */
const systems: Cidr = "127.0.0.0/16";
const loopback: Cidr = "127.0.0.0/8";
const prefixes = { shortest: 16, longest: 28 };

export const loopbackProblems: Check = (path, value) => {
  const fault = cidrFault(value) ?? loopbackFault(value as Cidr);
  return fault === undefined ? [] : [{ path, got: quoted(value), allowed: fault }];
};

function loopbackFault(cidr: Cidr): string | undefined {
  const { shortest, longest } = prefixes;
  const example = 'such as "127.83.0.0/24"';
  if (!contains(loopback, cidr)) return `Give a network of the loopback, ${loopback}, ${example}.`;
  if (overlaps(systems, cidr))
    return `The system itself uses addresses of ${systems}: give another network, ${example}.`;
  const prefix = prefixLength(cidr);
  return prefix >= shortest && prefix <= longest
    ? undefined
    : `Give a network of /${shortest} to /${longest}, ${example}.`;
}

/** What only shows beside other arguments. */
export function replicationProblems(given: Arguments): Problem[] {
  return (given.replicas ?? 0) > 0
    ? [...memoryProblems(given), ...roomProblems(given), ...imageProblems(given)]
    : uselessProblems(given);
}

function uselessProblems({ loopbackCidrBlock }: Arguments): Problem[] {
  if (loopbackCidrBlock === undefined) return [];
  const allowed = "Without replicas nothing is there: give replicas, or leave loopbackCidrBlock out.";
  return [{ path: "loopbackCidrBlock", got: "a network without replicas", allowed }];
}

function memoryProblems({ maxMemoryPercent }: Arguments): Problem[] {
  const { most, standard } = replicatedMemoryPercentRange;
  if (maxMemoryPercent === undefined || maxMemoryPercent <= most) return [];
  const allowed = `A replica that takes a whole copy keeps the old one until it has it: give at most ${most}, or leave it out for ${standard}.`;
  return [{ path: "maxMemoryPercent", got: `${maxMemoryPercent} with replicas`, allowed }];
}

/** Of a subnet, AWS keeps five addresses. */
function roomProblems(given: Arguments): Problem[] {
  const nodes = nodeSubnets(given);
  return given.subnets.flatMap(({ cidrBlock }, index) => {
    const count = nodes.filter((one) => one === cidrBlock).length;
    const room = 2 ** (32 - prefixLength(cidrBlock)) - 5;
    if (count <= room) return [];
    return [
      {
        path: `subnets[${index}].cidrBlock`,
        got: quoted(cidrBlock),
        allowed: `It has room for ${room} nodes, and ${count} would be in it: give a larger network or more subnets.`,
      },
    ];
  });
}

/** Each node needs a way to Debian's mirrors, or an image that needs none. */
function imageProblems(given: Arguments): Problem[] {
  if (given.imageId !== undefined) return [];
  const nodes = new Set(nodeSubnets(given));
  return given.subnets.flatMap(({ cidrBlock, natGatewayId }, index) => {
    if (index === 0 || natGatewayId !== undefined || !nodes.has(cidrBlock)) return [];
    const allowed =
      "A node is in this subnet, and without a NAT gateway it reaches no package mirror. Give one, or an imageId that has the packages or names a mirror inside the VPC.";
    return [{ path: `subnets[${index}].natGatewayId`, got: "nothing", allowed }];
  });
}

/** The network of each node. */
export function nodeSubnets({ subnets, replicas = 0 }: Pick<Arguments, "subnets" | "replicas">): Cidr[] {
  const named = subnets.map((subnet, index) => ({ name: String(index), ...subnet }));
  return places(named, replicas + 1).map(({ subnet }) => subnet.cidrBlock);
}
