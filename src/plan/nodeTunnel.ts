import type { NodePlan } from "./cachePlan";
import type { ClusterPlan } from "./cluster";
import { memberAndPeers, type Member, type ReplicationPlan } from "./replication";
import { busPort, redisPort, replicationPort, sentinelPort } from "./ports";
import { servesRedis, type Leg, type TunnelConf } from "./tunnel";

type Node = Pick<NodePlan, "name" | "privateIp" | "port">;

/** What a node's tunnel serves, and its ways to the other nodes. */
export function nodeTunnel(node: Node, replication?: ReplicationPlan, cluster?: ClusterPlan): TunnelConf {
  if (cluster !== undefined) return shardTunnel(node, cluster);
  if (replication === undefined) return servesRedis(node);
  const { member, peers } = memberAndPeers(replication, node.name);
  return {
    services: [
      ...servesRedis(node).services,
      { name: "replication", listen: `${node.privateIp}:${replicationPort}`, admitsField: "admittedPeers" },
      ...(member.downAfterMs === undefined
        ? []
        : [
            {
              name: "sentinel",
              listen: `${node.privateIp}:${sentinelPort}`,
              admitsField: "admittedToSentinel",
              connect: `${member.loopbackAddress}:${sentinelPort}`,
            } as const,
          ]),
    ],
    legs: peers.flatMap(legsTo),
  };
}

/** Its ways to the others follow from its secret, on the node itself, so that one shard more changes none's user data. */
function shardTunnel(node: Node, cluster: ClusterPlan): TunnelConf {
  const { loopbackAddress } = memberAndPeers(cluster, node.name).member;
  return {
    services: [
      ...servesRedis(node).services,
      { name: "replication", listen: `${node.privateIp}:${replicationPort}`, admitsField: "admittedPeers" },
      {
        name: "bus",
        listen: `${node.privateIp}:${busPort}`,
        admitsField: "admittedPeers",
        connect: `${loopbackAddress}:${busPort}`,
      },
    ],
    legs: [],
    hasFurtherWays: true,
  };
}

function legsTo({ name, privateIp: address, serverName, loopbackAddress, downAfterMs }: Member): Leg[] {
  const way = { address, serverName };
  return [
    { ...way, name, listens: [`${loopbackAddress}:${redisPort}`], port: replicationPort },
    ...(downAfterMs === undefined
      ? []
      : [{ ...way, name: `${name}-sentinel`, listens: [`${loopbackAddress}:${sentinelPort}`], port: sentinelPort }]),
  ];
}
