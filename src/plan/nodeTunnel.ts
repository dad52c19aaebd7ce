import type { NodePlan } from "./cachePlan";
import { memberAndPeers, type Member, type ReplicationPlan } from "./replication";
import { redisPort, replicationPort, sentinelPort } from "./ports";
import { servesRedis, type Leg, type TunnelConf } from "./tunnel";

/** What a node's tunnel serves, and its ways to the other nodes. */
export function nodeTunnel(
  node: Pick<NodePlan, "name" | "privateIp" | "port">,
  replication?: ReplicationPlan,
): TunnelConf {
  const at = (port: number): string => `${node.privateIp}:${port}`;
  if (replication === undefined) return servesRedis(node);
  const { member, peers } = memberAndPeers(replication, node.name);
  return {
    services: [
      ...servesRedis(node).services,
      { name: "replication", listen: at(replicationPort), admitsField: "admittedPeers" },
      ...(member.downAfterMs === undefined
        ? []
        : [
            {
              name: "sentinel",
              listen: at(sentinelPort),
              admitsField: "admittedToSentinel",
              connect: `${member.loopbackAddress}:${sentinelPort}`,
            } as const,
          ]),
    ],
    legs: peers.flatMap(legsTo),
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
