import type { Cidr } from "../plan/cidr";
import { counted } from "../plan/counted";
import { replicatedMemoryPercentRange } from "../plan/limits";
import { places, roomIn, shardPlaces, zoneNeeds } from "../plan/placement";
import type { CacheArguments } from "./cacheArguments";
import { loopbackUseProblems } from "./loopbackProblems";
import { quoted, type Problem } from "./problems";
import { loneReplicaProblems } from "./replicasProblems";

type Arguments = CacheArguments<unknown>;

/** What the nodes of a cache need, where that only shows beside other arguments. */
export function nodesProblems(given: Arguments): Problem[] {
  const room = given.shards === undefined || given.shards === 1 ? roomProblems(given) : shardsRoomProblems(given);
  return [
    ...loneReplicaProblems(given),
    ...memoryProblems(given),
    ...loopbackUseProblems(given),
    // Where each node is shows only where there is room for it.
    ...(room.length > 0 ? room : imageProblems(given)),
  ];
}

function memoryProblems({ maxMemoryPercent, replicas = 0 }: Arguments): Problem[] {
  const { most, standard } = replicatedMemoryPercentRange;
  if (replicas === 0 || maxMemoryPercent === undefined || maxMemoryPercent <= most) return [];
  const allowed = `A replica that takes a whole copy keeps the old one until it has it: give at most ${most}, or leave it out for ${standard}.`;
  return [{ path: "maxMemoryPercent", got: `${maxMemoryPercent} with replicas`, allowed }];
}

function roomProblems(given: Arguments): Problem[] {
  const nodes = nodeSubnets(given);
  return given.subnets.flatMap(({ cidrBlock }, index) => {
    const count = nodes.filter((one) => one === cidrBlock).length;
    const room = roomIn(cidrBlock);
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

/** Told of a zone's last subnet: those before it are full, and one more after it moves no node. */
function shardsRoomProblems({ subnets, shards = 1, replicas = 0 }: Arguments): Problem[] {
  return zoneNeeds(subnets, shards, replicas).flatMap(({ subnets: inZone, needed }) => {
    const last = inZone.at(-1);
    const room = inZone.map(({ cidrBlock }) => roomIn(cidrBlock)).reduce((sum, one) => sum + one, 0);
    if (last === undefined || needed <= room) return [];
    const allowed =
      `${last.availabilityZone} has room for ${room} nodes, and ${shards} shards with ${counted(replicas, "replica")} each take ${needed} ` +
      "places there, with those that are kept for more replicas: give a larger network, or one more subnet in this zone, as the last of subnets.";
    return [{ path: `subnets[${subnets.indexOf(last)}].cidrBlock`, got: quoted(last.cidrBlock), allowed }];
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
function nodeSubnets({ subnets, shards = 1, replicas = 0 }: Arguments): Cidr[] {
  const all = shards > 1 ? shardPlaces(subnets, shards, replicas) : places(subnets, replicas + 1);
  return all.map(({ subnet }) => subnet.cidrBlock);
}
