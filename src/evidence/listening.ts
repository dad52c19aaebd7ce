import { serverCertificate } from "../plan/certificates";
import { redisPort, sentinelPort } from "../plan/ports";
import { sentinelsOf } from "../plan/replication";
import type { Subject } from "./control";
import { behindRedis, behindSentinel, type Behind } from "./tunnelCommands";

interface Listening {
  readonly name: string;
  readonly at: string;
  readonly serverName: string;
  readonly behind: Behind;
}

/** Where each node's tunnel listens for applications, and the name in its certificate. */
export function listening({ plan, deployed }: Subject): Listening[] {
  const withSentinel = plan.replication === undefined ? [] : sentinelsOf(plan.replication).map(({ name }) => name);
  return deployed.nodes.flatMap(({ name, privateIp }) => {
    const serverName = serverCertificate(plan.name, name, privateIp).dnsName;
    const redis = { name, at: `${privateIp}:${redisPort}`, serverName, behind: behindRedis };
    const sentinel = {
      ...redis,
      name: `${name}'s Sentinel`,
      at: `${privateIp}:${sentinelPort}`,
      behind: behindSentinel,
    };
    return withSentinel.includes(name) ? [redis, sentinel] : [redis];
  });
}
